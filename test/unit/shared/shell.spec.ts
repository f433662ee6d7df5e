import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { shellLine, shellQuote } from '../../../shared/lib/shell.ts'
import { words } from '../words.ts'

describe('a line for a shell', () => {
  it('is read as the words it was made of', () => {
    const hostile = ['', ' ', "it's", '"', '\\', '$HOME', '`id`', '$(id)', '-x', '*', '~', '#', 'a\nb', 'tab\t', "'''", 'ñ', '!', '&', ';']
    const read = (list: readonly string[]): string[] => {
      const output = execFileSync('sh', ['-c', `for word in ${shellLine(list)}; do printf '%s\\0' "$word"; done`], { encoding: 'utf8' })
      return output.split('\0').slice(0, -1)
    }
    expect(read(hostile)).toEqual(hostile)
    fc.assert(
      fc.property(fc.array(words(), { minLength: 100, maxLength: 100 }), (list) => {
        expect(read(list)).toEqual(list)
      }),
      { numRuns: 5 },
    )
  })

  it('is plain where it can be', () => {
    expect(shellLine(['virt-viewer', '-c', 'qemu:///system', '--attach', 'a-b_c.1'])).toBe('virt-viewer -c qemu:///system --attach a-b_c.1')
    expect(shellQuote('')).toBe("''")
    expect(shellQuote('a b')).toBe("'a b'")
  })
})
