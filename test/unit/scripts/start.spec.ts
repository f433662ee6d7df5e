import { existsSync, readFileSync } from 'node:fs'
import { mkdir, mkdtemp, rm, utimes, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { readArguments } from '../../../scripts/setup/arguments.mjs'
import { isBuilt } from '../../../scripts/setup/build.mjs'
import { leadingPage } from '../../../scripts/setup/default-browser.mjs'
import { electronProgram, failedLately } from '../../../scripts/setup/electron-program.mjs'
import { nodeIsEnough } from '../../../scripts/setup/node-version.mjs'
import { packagesMatch } from '../../../scripts/setup/npm-packages.mjs'
import { runProgram } from '../../../scripts/setup/processes.mjs'

let folder = '/nonexistent' // never the empty text: joined to a name it would mean the working directory
beforeEach(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-start-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

describe('what npm start understands', () => {
  it('takes its options and refuses others', () => {
    expect(readArguments([])).toEqual({ browser: false, yes: false, help: false, dev: false })
    expect(readArguments(['--browser', '--yes'])).toEqual({ browser: true, yes: true, help: false, dev: false })
    expect(() => readArguments(['--browsr'])).toThrow('--browsr')
    expect(() => readArguments(['file'])).toThrow('file')
  })
})

describe('versions', () => {
  it.each([
    ['20.19.0', true],
    ['20.20.2', true],
    ['22.1.0', true],
    ['20.18.9', false],
    ['18.20.0', false],
    ['9.99.99', false],
  ])('of Node: %s is enough: %s', (version, enough) => {
    expect(nodeIsEnough(version, '20.19.0')).toBe(enough)
  })

  it('of npm packages must be those of the lockfile; what is optional may be missing', () => {
    const locked = {
      '': {},
      'node_modules/a': { version: '1.0.0' },
      'node_modules/b': { version: '2.0.0', optional: true },
    }
    expect(packagesMatch(locked, { 'node_modules/a': { version: '1.0.0' } })).toBe(true)
    expect(packagesMatch(locked, { 'node_modules/a': { version: '1.0.1' } })).toBe(false)
    expect(packagesMatch(locked, {})).toBe(false)
  })
})

describe('the build', () => {
  const touch = async (name: string, seconds: number) => {
    const file = join(folder, name)
    await mkdir(join(file, '..'), { recursive: true })
    await writeFile(file, '')
    await utimes(file, seconds, seconds)
    await utimes(join(file, '..'), seconds, seconds)
  }
  const built = () =>
    Promise.all([touch('out/serve/serve.mjs', 200), touch('out/renderer/index.html', 200), touch('out/.built', 200)])

  it('is there until a source is newer, or was removed', async () => {
    await touch('electron/host/host.ts', 100)
    await utimes(join(folder, 'electron'), 100, 100)
    expect(isBuilt(folder)).toBe(false)
    await built()
    expect(isBuilt(folder)).toBe(true)
    await utimes(join(folder, 'electron/host'), 300, 300)
    expect(isBuilt(folder)).toBe(false)
    await touch('electron/host/host.ts', 100)
    expect(isBuilt(folder)).toBe(true)
    await touch('electron/host/host.ts', 300)
    expect(isBuilt(folder)).toBe(false)
  })

  it('is not there without its page', async () => {
    await built()
    await rm(join(folder, 'out/renderer/index.html'))
    expect(isBuilt(folder)).toBe(false)
  })
})

describe("Electron's program", () => {
  it('is there when path.txt and the file are', async () => {
    const electron = join(folder, 'node_modules/electron')
    await mkdir(join(electron, 'dist'), { recursive: true })
    expect(electronProgram(folder)).toBeUndefined()
    await writeFile(join(electron, 'path.txt'), 'electron')
    expect(electronProgram(folder)).toBeUndefined()
    await writeFile(join(electron, 'dist/electron'), '')
    expect(electronProgram(folder)).toBe(join(electron, 'dist/electron'))
  })

  it('is not fetched again for a day after a failure, unless the version changed', () => {
    const hour = 3_600_000
    const note = JSON.stringify({ version: '45.0.0', time: 100 * hour })
    expect(failedLately(note, '45.0.0', 101 * hour)).toBe(true)
    expect(failedLately(note, '45.0.0', 125 * hour)).toBe(false)
    expect(failedLately(note, '45.0.1', 101 * hour)).toBe(false)
    expect(failedLately(note, '45.0.0', 99 * hour)).toBe(false)
    expect(failedLately('{', '45.0.0', 101 * hour)).toBe(false)
  })
})

describe('programs that the commands run', () => {
  it('give their lines, their status and their last words', async () => {
    const lines: string[] = []
    const script =
      'process.stdout.write("one\\r\\ntwo\\nthr"); process.stderr.write("no\\n"); process.stdout.write("ee"); process.exitCode = 3'
    const { code, tail } = await runProgram([process.execPath, '-e', script], { onLine: (line) => lines.push(line) })
    expect(code).toBe(3)
    expect(lines.toSorted()).toEqual(['no', 'one', 'three', 'two'])
    expect(tail).toContain('three')
  })

  it('are ended with all that they started when their time is over', async () => {
    const pids: number[] = []
    const argv = ['sh', '-c', 'sleep 60 & echo $!; wait']
    const { timedOut } = await runProgram(argv, { timeoutMs: 1_500, onLine: (line) => pids.push(Number(line)) })
    expect(timedOut).toBe(true)
    expect(pids).toHaveLength(1)
    await expect.poll(() => isAlive(pids[0] ?? 0)).toBe(false)
  })

  it('are told apart when they are missing', async () => {
    expect(await runProgram(['/nowhere/at-all'])).toMatchObject({ code: 127, timedOut: false })
  })
})

/** A zombie, which its new parent has not collected yet, has ended. */
function isAlive(pid: number): boolean {
  const file = `/proc/${String(pid)}/stat`
  return existsSync(file) && !/\) Z /.test(readFileSync(file, 'utf8'))
}

describe('the file that leads a browser to the app', () => {
  it('holds the address as a script value', () => {
    expect(leadingPage('http://127.0.0.1:1/#t=a-b_c')).toContain('location.replace("http://127.0.0.1:1/#t=a-b_c")')
  })
})
