/** What the app's quoting sends to virsh's own parser comes back letter by letter. */
import { randomInt } from 'node:crypto'
import { describe, expect, it } from 'vitest'
import { textOf, virshRead } from '../../../electron/libvirt/virsh.ts'
import { hostileNames, lines } from './objects.ts'

const target = { uri: 'test:///default', connection: 'echo' }

/** Mulberry32: the same strings for the same seed, so that a failure can be had again. */
function generator(seed: number): (limit: number) => number {
  let state = seed
  return (limit) => {
    state = (state + 0x6d2b79f5) | 0
    let mixed = Math.imul(state ^ (state >>> 15), state | 1)
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61)
    return ((mixed ^ (mixed >>> 14)) >>> 0) % limit
  }
}

/** Mostly the bytes 0x01 to 0x7f, those that parsers act on more often, and any other character of Unicode. */
function character(next: (limit: number) => number): string {
  const kind = next(10)
  if (kind < 5) return String.fromCharCode(1 + next(0x7f))
  if (kind < 8) return [...'\\"\'; \t\n-$`#'][next(11)] ?? ''
  const code = 0x80 + next(0x10ffff - 0x80)
  return code >= 0xd800 && code <= 0xdfff ? '€' : String.fromCodePoint(code)
}

const echoed = async (words: readonly string[]): Promise<string[]> => {
  const answers = await virshRead(target, words.map((word) => ['echo', '--', word]))
  return answers.map((answer) => textOf(answer))
}

describe('virsh echo gives back', () => {
  it('10,000 random strings of every byte from 0x01 to 0x7f and of Unicode', async () => {
    const seed = randomInt(2 ** 31)
    const next = generator(seed)
    const words = Array.from({ length: 10_000 }, () => Array.from({ length: 1 + next(40) }, () => character(next)).join(''))
    const used = new Set(words.join(''))
    for (let code = 1; code <= 0x7f; code++) expect(used.has(String.fromCharCode(code)), `byte ${code} of seed ${seed}`).toBe(true)
    const answers = await echoed(words)
    const wrong = words.flatMap((word, index) => (answers[index] === word ? [] : [{ seed, sent: word, came: answers[index] }]))
    expect(wrong).toEqual([])
  })

  it('each byte alone, twice, and at both ends of a word', async () => {
    const words = Array.from({ length: 0x7f }, (_, index) => String.fromCharCode(index + 1)).flatMap((one) => [one, one + one, `${one}word`, `word${one}`])
    expect(await echoed(words)).toEqual(words)
  })

  it('words that mean something to virsh, and the empty one', async () => {
    const words = ['', '--', '--help', '--xml', ';', '; echo injected', '"; echo injected; "', "'", '\\', '\\\\"', '#', ...hostileNames]
    expect(await echoed(words)).toEqual(words)
  })

  it('what fills an argument to its brim, and says so of what does not fit', async () => {
    const piece = 'x"\\é' // 5 bytes, and 2 that the quoting adds
    await expect(echoed([piece.repeat(18_000)])).rejects.toMatchObject({ code: 'too-large' })
    const words = [piece.repeat(17_000), 'next', piece.repeat(17_000)]
    expect((await echoed(words)).map((word, index) => word === words[index])).toEqual([true, true, true])
    await expect(echoed(['a\0b'])).rejects.toMatchObject({ code: 'invalid-input' })
  })
})

describe('in a batch', () => {
  it('a command that fails answers with its own error, and those around it with their texts', async () => {
    const answers = await virshRead(target, [['echo', 'one'], ['domstate', '--domain=none of this name'], ['echo', 'two'], ['domstate', '--domain=test']])
    expect(answers.map((answer) => (answer.ok ? lines(answer.text) : answer.error.code))).toEqual([['one'], 'not-found', ['two'], ['running']])
  })

  it('a command that virsh does not know fails the whole of it', async () => {
    await expect(virshRead(target, [['echo', 'one'], ['no-such-command']])).rejects.toMatchObject({ code: 'libvirt', detail: expect.stringContaining('no-such-command') })
  })
})
