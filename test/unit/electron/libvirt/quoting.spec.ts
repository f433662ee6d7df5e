import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { quoteForShell, quoteForVirsh } from '../../../../electron/libvirt/quoting.ts'
import { words } from '../../words.ts'

/** Words that have broken things before. */
const hostile = [
  '', ' ', 'a b', "it's", '"q"', '\\', 'a\\nb', '$HOME', '$(id)', '`id`', ';id', '-x', '--', '--domain=it\'s', '--pool=a b', '*', '~', '#', '!',
  'a\nb', 'tab\there', '\r', '\u0015', '\u001b[A', '\u007f', '\u0085', 'ñandú', '😀', '\u0001\u0002', "'''", '\n', '--file=\n', '--x=', 'a=b c', '%s%n', '\\101',
]

/** What a shell makes of the words: each ended by a zero byte. */
function understood(shell: string, quoted: readonly string[]): string[] {
  const script = `for word in ${quoted.join(' ')}; do printf '%s\\0' "$word"; done`
  return execFileSync(shell, ['-c', script], { encoding: 'utf8' }).split('\0').slice(0, -1)
}

describe('words for a shell', () => {
  it.each(['sh', 'bash'])('come back whole from %s', (shell) => {
    // $(…) takes newlines at the end away: those stand in single quotes, never among control characters
    expect(understood(shell, hostile.map(quoteForShell))).toEqual(hostile)
    fc.assert(
      fc.property(fc.array(words(), { minLength: 200, maxLength: 200 }), (list) => {
        expect(understood(shell, list.map(quoteForShell))).toEqual(list)
      }),
      { numRuns: 5 },
    )
  })

  it('hold no byte that a terminal would take for a key', () => {
    fc.assert(
      fc.property(words(), (word) => {
        const controls = [...quoteForShell(word)].filter((character) => /\p{Cc}/u.test(character) && character !== '\n')
        expect(controls).toEqual([])
      }),
    )
  })

  it('stay readable where they can', () => {
    expect(quoteForShell('/images/debian-12.qcow2')).toBe('/images/debian-12.qcow2')
    expect(quoteForShell('--domain=one')).toBe('--domain=one')
    expect(quoteForShell('--domain=my machine')).toBe("--domain='my machine'")
    expect(quoteForShell("it's")).toBe("'it'\\''s'")
    expect(quoteForShell('')).toBe("''")
  })

  it('refuse what no program can be given', () => {
    expect(() => quoteForShell('a\0b')).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
    expect(() => quoteForVirsh('a\0b')).toThrowError(expect.objectContaining({ code: 'invalid-input' }))
  })
})

/** As virsh's own parser reads a line: vshCommandParse in tools/vsh.c. */
function readByVirsh(line: string): string[] {
  const found: string[] = []
  let word: string | null = null
  let quoted = false
  for (let at = 0; at < line.length; at++) {
    const character = line.charAt(at)
    if (character === '\\') word = (word ?? '') + line.charAt(++at)
    else if (character === '"') {
      quoted = !quoted
      word ??= ''
    } else if (!quoted && (character === ' ' || character === '\t' || character === '\n' || character === ';')) {
      if (word !== null) found.push(word)
      word = null
    } else if (!quoted && character === "'") {
      const end = line.indexOf("'", at + 1)
      word = (word ?? '') + line.slice(at + 1, end)
      at = end
    } else word = (word ?? '') + character
  }
  return word === null ? found : [...found, word]
}

describe("words for virsh's own parser", () => {
  it('come back whole', () => {
    expect(readByVirsh(hostile.map(quoteForVirsh).join(' '))).toEqual(hostile)
    fc.assert(
      fc.property(fc.array(words()), (list) => {
        expect(readByVirsh(list.map(quoteForVirsh).join(' '))).toEqual(list)
      }),
    )
  })

  it('end no command and begin none', () => {
    fc.assert(
      fc.property(words(), (word) => {
        expect(readByVirsh(`echo ${quoteForVirsh(word)} end`)).toEqual(['echo', word, 'end'])
      }),
    )
  })
})
