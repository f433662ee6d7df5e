import { execFileSync } from 'node:child_process'
import { mkdtempSync, readFileSync, rmSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { asking, writingLines, type MaskedSecret } from '../../../../../electron/images/first-start/masked.ts'

let folder: string | undefined
beforeAll(() => {
  folder = mkdtempSync(join(tmpdir(), 'masked-'))
})
afterAll(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

/** What a shell writes that is given the lines, and typed the secrets. */
function written(text: string, secrets: readonly MaskedSecret[], typed: string): { readonly lines: string; readonly text: string } {
  const file = join(folder ?? '/nowhere', 'out')
  const lines = [...secrets.map(asking), writingLines(text, file, secrets)].join('\n')
  execFileSync('bash', ['-e', '-c', lines], { input: typed })
  return { lines, text: readFileSync(file, 'utf8') }
}

const plain = (...texts: readonly string[]): MaskedSecret[] => texts.map((text) => ({ text, hashed: false }))

describe('a document in a line of the shell', () => {
  it.each(['#cloud-config\na: $HOME `x` \\ "q"\n', 'YAML\nYAML1\n', 'no end', '', "it's\n$x", 'a\tb\r\nc\u0003\n', '\n\n'])('is the same again: %j', (text) => {
    expect(written(text, [], '').text).toBe(text)
  })

  it.each(['password: asd\nb: $HOME `x` \\ asd\n', 'password: asd', 'SECRET: asd\n'])('is the same again and does not show what is asked for: %j', (text) => {
    const shown = written(text, plain('asd'), 'asd\n')
    expect(shown.text).toBe(text)
    expect(shown.lines).not.toContain('asd')
    expect(shown.lines).toContain('read -rs SECRET\n')
  })

  it('has several, also one within the other and one like a variable', () => {
    const shown = written('a: asdasd\nb: asd\nc: SECRET\n', plain('asd', 'asdasd', 'SECRET'), 'asd\nasdasd\nSECRET\n')
    expect(shown.text).toBe('a: asdasd\nb: asd\nc: SECRET\n')
    expect(shown.lines).not.toContain('asd')
  })

  it('asks for what has several lines, to its end', () => {
    const shown = written('key: |\n  one\n  two\n', plain('one\n  two'), 'one\n  two\n')
    expect(shown.text).toBe('key: |\n  one\n  two\n')
    expect(shown.lines).not.toContain('two')
  })

  it('makes a new hash of a password that is typed', () => {
    const hash = '$6$salt$hash'
    const shown = written(`passwd: "${hash}"\n`, [{ text: hash, hashed: true }], "p'w d\n")
    const [, made = ''] = /^passwd: "(.*)"\n$/.exec(shown.text) ?? []
    expect(made).toMatch(/^\$6\$/)
    expect(execFileSync('openssl', ['passwd', '-6', '-salt', made.split('$')[2] ?? '', '-stdin'], { input: "p'w d\n", encoding: 'utf8' }).trim()).toBe(made)
    expect(shown.lines).not.toContain(hash)
  })
})
