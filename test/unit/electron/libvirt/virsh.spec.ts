import { chmod, mkdtemp, readdir, readFile, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { LoggedCommand } from '../../../../shared/model/command.ts'
import { textOf, virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../../../../electron/libvirt/virsh.ts'

/**
 * Stands for virsh in the PATH: it reads a batch as virsh does, knows a few words and, as virsh -q, ends what it echoes
 * with no newline. Every run is noted with its words, its language and what its file was like.
 */
const stub = String.raw`#!${process.execPath}
const fs = require('node:fs')
const [, uri, ...words] = process.argv.slice(3)
const file = words.find((word) => word.startsWith('--file='))?.slice(7)
const note = { uri, words, language: process.env.LC_ALL, file: file && { text: fs.readFileSync(file, 'utf8'), mode: fs.statSync(file).mode & 0o777 } }
fs.appendFileSync(process.env.STUB_NOTES, JSON.stringify(note) + '\n')
if (uri === 'down') { process.stderr.write("error: failed to connect to the hypervisor\nerror: Failed to connect socket to '/s': Connection refused\n"); process.exit(1) }
const known = {
  echo: (list) => list[0] === '--err' ? process.stderr.write('error: ' + list[1] + '\n') : process.stdout.write(list.join(' ')),
  print: (list) => process.stdout.write(list[0]),
  warn: (list) => process.stderr.write(list[0] + '\n'),
  fail: (list) => { process.stderr.write('error: Failed to do it\nerror: ' + list[0] + '\n'); process.exitCode = 1 },
  sleep: () => setTimeout(() => undefined, 60_000),
}
const batch = words.length === 1 ? words[0] : words.map((word) => '"' + word.replace(/[\\"]/g, '\\$&') + '"').join(' ')
const commands = [[]]
let word = null, quoted = false
for (let at = 0; at < batch.length; at++) {
  const c = batch[at]
  if (c === '\\') word = (word ?? '') + batch[++at]
  else if (c === '"') { quoted = !quoted; word ??= '' }
  else if (!quoted && (c === ' ' || c === ';')) { if (word !== null) commands.at(-1).push(word); word = null; if (c === ';') commands.push([]) }
  else word = (word ?? '') + c
}
if (word !== null) commands.at(-1).push(word)
for (const [name, ...list] of commands) {
  if (!known[name]) { process.stderr.write("error: unknown command: '" + name + "'\n"); process.exitCode = 1; break }
  known[name](list)
}
`

interface Note {
  readonly uri: string
  readonly words: readonly string[]
  readonly language: string
  readonly file?: { readonly text: string; readonly mode: number }
}

let folder: string | undefined
const before = { PATH: process.env['PATH'], XDG_RUNTIME_DIR: process.env['XDG_RUNTIME_DIR'] }
const place = (name: string): string => join(folder ?? '/nonexistent', name)

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-virsh-'))
  await writeFile(place('virsh'), stub)
  await chmod(place('virsh'), 0o755)
  process.env['PATH'] = `${folder}:${before.PATH ?? ''}`
  process.env['XDG_RUNTIME_DIR'] = folder
  process.env['STUB_NOTES'] = place('notes')
})
afterAll(async () => {
  process.env['PATH'] = before.PATH
  if (before.XDG_RUNTIME_DIR === undefined) delete process.env['XDG_RUNTIME_DIR']
  else process.env['XDG_RUNTIME_DIR'] = before.XDG_RUNTIME_DIR
  delete process.env['STUB_NOTES']
  if (folder !== undefined) await rm(folder, { recursive: true })
})

const entries: Omit<LoggedCommand, 'id'>[] = []
const target = { uri: 'test:///x', connection: 'c1', log: (entry: Omit<LoggedCommand, 'id'>) => void entries.push(entry) }
beforeEach(async () => {
  entries.length = 0
  await writeFile(place('notes'), '')
})
const notes = async (): Promise<Note[]> => (await readFile(place('notes'), 'utf8')).split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as Note)

describe('reading', () => {
  it('asks many things of one process, in English', async () => {
    const answers = await virshRead(target, [['print', 'one\n'], ['print', ''], ['print', 'a "b" ; \\ \n$x']])
    expect(answers.map(textOf)).toEqual(['one\n', '', 'a "b" ; \\ \n$x'])
    expect(await notes()).toMatchObject([{ uri: 'test:///x', language: 'C.UTF-8' }])
    expect(entries).toEqual([])
  })

  it('goes on after a command that fails, and says which did', async () => {
    const [first, second, third] = await virshRead(target, [['print', 'x'], ['fail', "no domain with matching uuid 'u'"], ['print', 'y']])
    expect([textOf(first), textOf(third)]).toEqual(['x', 'y'])
    expect(second).toMatchObject({ ok: false, error: { code: 'not-found', detail: expect.stringContaining('Failed to do it') } })
  })

  it('takes a warning for none', async () => {
    expect(await virshReadOne(target, ['warn', 'I/O warning : something'])).toBe('')
  })

  it('throws what ends the whole', async () => {
    await expect(virshRead({ ...target, uri: 'down' }, [['print', 'x']])).rejects.toMatchObject({ code: 'daemon-down' })
    await expect(virshRead(target, [['print', 'x'], ['nonsense']])).rejects.toMatchObject({ code: 'libvirt', detail: "unknown command: 'nonsense'" })
    await expect(virshReadOne(target, ['fail', 'Domain is already active'])).rejects.toMatchObject({ code: 'already-active' })
  })

  it('is cut where an argument would be longer than a process takes', async () => {
    const long = 'ñ'.repeat(25_000)
    const answers = await virshRead(target, Array.from({ length: 6 }, () => ['print', long]))
    expect(answers.map(textOf)).toEqual(Array.from({ length: 6 }, () => long))
    const sizes = (await notes()).map((note) => Buffer.byteLength(note.words[0] ?? ''))
    expect(sizes).toHaveLength(3)
    expect(Math.max(...sizes)).toBeLessThan(128 * 1024)
    await expect(virshRead(target, [['print', 'x'.repeat(130_000)]])).rejects.toMatchObject({ code: 'too-large' })
  })

  it('of nothing starts nothing', async () => {
    expect(await virshRead(target, [])).toEqual([])
    expect(await notes()).toEqual([])
  })

  it('ends when it takes too long or is called off', async () => {
    await expect(virshRead(target, [['sleep']], { timeoutMs: 300 })).rejects.toMatchObject({ code: 'timeout', params: { program: 'virsh' } })
    const off = new AbortController()
    const reading = virshRead(target, [['sleep']], { signal: off.signal })
    off.abort()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
  })
})

describe('writing', () => {
  it('gives each value as an argument of its own, and notes the line', async () => {
    const hostile = `--new-desc=a "b" ; 'c' $(id)\n\\`
    await virshWrite(target, ['echo', hostile])
    expect((await notes())[0]?.words).toEqual(['echo', hostile])
    expect(entries).toMatchObject([{ connection: 'c1', ok: true, error: null, line: expect.stringContaining('virsh -c test:///x echo --new-desc=') }])
    expect(new Date(entries[0]?.startedAt ?? '').getTime()).toBeGreaterThan(Date.now() - 60_000)
  })

  it('notes what failed with libvirt’s own reason', async () => {
    await expect(virshWrite(target, ['fail', 'Domain is already active'])).rejects.toMatchObject({ code: 'already-active' })
    expect(entries).toMatchObject([{ ok: false, error: 'Domain is already active' }])
  })

  it('passes a document as a private file that is gone afterwards', async () => {
    await virshWriteDocument(target, ['echo', 'define'], '<domain>ñ</domain>\n')
    const [note] = await notes()
    expect(note?.file).toEqual({ text: '<domain>ñ</domain>\n', mode: 0o600 })
    expect(note?.words.at(-1)).toMatch(/^--file=/)
    await expect(virshWriteDocument(target, ['fail', 'x'], '<a/>')).rejects.toMatchObject({ code: 'libvirt' })
    expect(await readdir(place('vivero'))).toEqual([])
    expect(entries.map((entry) => entry.line)).toEqual([
      "virsh -c test:///x echo define /dev/stdin <<'XML'\n<domain>ñ</domain>\nXML",
      "virsh -c test:///x fail x /dev/stdin <<'XML'\n<a/>\nXML",
    ])
  })

  it('shows no secret, neither in the line nor in the reason', async () => {
    await expect(virshWrite(target, ['fail', 'bad word hunter2'], { secrets: [{ value: 'hunter2' }] })).rejects.toMatchObject({ detail: expect.not.stringContaining('hunter2') })
    expect(JSON.stringify(entries)).not.toContain('hunter2')
    expect((await notes())[0]?.words).toEqual(['fail', 'bad word hunter2'])
  })

  it('refuses what no program can be given, before anything runs', async () => {
    await expect(virshWrite(target, ['echo', 'a\0b'])).rejects.toMatchObject({ code: 'invalid-input' })
    await expect(virshRead({ ...target, uri: 'a\0b' }, [['print', 'x']])).rejects.toMatchObject({ code: 'invalid-input' })
    expect(await notes()).toEqual([])
  })

  it('says that virsh is missing', async () => {
    process.env['PATH'] = '/nonexistent'
    try {
      await expect(virshWrite(target, ['echo'])).rejects.toMatchObject({ code: 'virsh-missing' })
    } finally {
      process.env['PATH'] = `${folder ?? ''}:${before.PATH ?? ''}`
    }
  })
})
