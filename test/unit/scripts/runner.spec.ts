import { spawnSync } from 'node:child_process'
import { cpSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join, resolve } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'

/** The runner of a small clone with tests of its own, on a machine where no lab can be made. */
const clone = mkdtempSync(join(tmpdir(), 'vivero-runner-'))
const parts = [
  ...['.ci', 'assets', 'scripts', 'shared/i18n', 'electron/lab', 'electron/system', 'test/harness'],
  ...['package.json', 'package-lock.json', 'playwright.config.ts', 'vitest.config.ts'],
]

describe('npm test', { timeout: 400_000 }, () => {
  beforeAll(() => {
    for (const part of parts) cpSync(part, join(clone, part), { recursive: true })
    symlinkSync(resolve('node_modules'), join(clone, 'node_modules'))
    mkdirSync(join(clone, 'docs'))
    write('unit/good.spec.ts', "it('is good', () => {}); it('is put off', ({ skip }) => skip('for a reason'))")
    write('integration/lab.spec.ts', "it('S1.2 needs a lab', () => {})")
  })
  afterAll(() => rmSync(clone, { recursive: true }))

  it('ends with the sum, a reason above it for each skip, and status 0', () => {
    const { status, lines } = npmTest(['unit', 'integration', '--no-build'])
    expect(lines.at(-1)).toBe('1 passed, 0 failed, 2 skipped')
    expect(lines).toContainEqual('  unit: is put off: for a reason')
    expect(lines).toContainEqual(expect.stringMatching(/^ {2}integration: S1\.2 needs a lab: no lab: .*[a-z]/))
    expect(status).toBe(0)
  })

  it('fails where CI=true and no lab can be made', () => {
    const { status, lines } = npmTest(['integration', '--no-build'], { CI: 'true' })
    expect(lines.at(-1)).toBe('0 passed, 1 failed, 1 skipped')
    expect(lines).toContainEqual('FAILED lab: a lab starts')
    expect(status).toBe(1)
  })

  it('fails with a test that fails and with a file that cannot be read, and shows why', () => {
    write('unit/bad.spec.ts', "it('is bad', () => { expect('this').toBe('that') })")
    write('unit/broken.spec.ts', "import './nowhere.ts'")
    const { status, lines } = npmTest(['unit'])
    for (const name of ['bad', 'broken']) rmSync(join(clone, `test/unit/${name}.spec.ts`))
    expect(lines.at(-1)).toBe('1 passed, 2 failed, 1 skipped')
    expect(lines).toContainEqual('FAILED unit: is bad (test/unit/bad.spec.ts)')
    expect(lines).toContainEqual(expect.stringContaining("expected 'this' to be 'that'"))
    expect(lines).toContainEqual(expect.stringContaining('nowhere.ts'))
    expect(status).toBe(1)
  })

  it('fails where there is no test at all', () => {
    const { status, lines } = npmTest(['unit', 'no-such-file'])
    expect(lines.at(-1)).toBe('0 passed, 0 failed, 0 skipped')
    expect(status).toBe(1)
  })
})

function write(path: string, text: string): void {
  const file = join(clone, 'test', path)
  mkdirSync(join(file, '..'), { recursive: true })
  writeFileSync(file, `import { expect, it } from 'vitest'\nvoid expect\n${text}\n`)
}

function npmTest(args: readonly string[], extra: Readonly<Record<string, string>> = {}) {
  const mine = /^(VITEST|VIVERO_|CI$|TINYPOOL)/
  const env = Object.fromEntries(Object.entries(process.env).filter(([name]) => !mine.test(name)))
  const [program = '', ...rest] = [...withoutNamespaces(), process.execPath, 'scripts/test.mjs', ...args]
  const done = spawnSync(program, rest, { cwd: clone, env: { ...env, ...extra }, encoding: 'utf8' })
  return { status: done.status, lines: done.stdout.trimEnd().split('\n') }
}

/** The kernel refuses a lab its network to whoever is started by these words; without any where it does so anyway. */
function withoutNamespaces(): string[] {
  const words = ['unshare', '--user', '--map-root-user', 'sh', '-c']
  const forbid = 'echo 0 > /proc/sys/user/max_net_namespaces'
  const able = spawnSync('unshare', [...words.slice(1), forbid]).status === 0
  return able ? [...words, `${forbid}; exec "$@"`, 'sh'] : []
}
