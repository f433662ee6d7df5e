/**
 * What a text of the page is in another language, by the catalogue of words that the page itself has: a whole text
 * ("Open alumno1"), a part of one, or several with a separator between them.
 */
import { catalogues } from '../../../shared/i18n/index.ts'
import type { Language } from '../../../shared/model/settings.ts'

type Words = { readonly [key: string]: string | Words }

/** "Open {{name}}": what is said between its parameters, and which these are. */
interface Template {
  readonly pieces: readonly string[]
  readonly parameters: readonly string[]
}

/** A text in the other language as the source of a pattern, and as it is where nothing in it is open. */
export interface Phrase {
  readonly source: string
  readonly plain?: string
}

/** What a text may mean, and how many of its characters are words of the page. */
interface Meaning {
  readonly phrases: readonly Phrase[]
  readonly said: number
}

const plain = (text: string): Phrase => ({ source: escaped(text), plain: text })

/** What a text is in the other language; more than one where several templates fit it equally well. `part`: it may begin and end anywhere. */
export type Dictionary = (text: string, part: boolean) => readonly Phrase[]

export function dictionary(from: Language, to: Language): Dictionary {
  const others = new Map(flat(catalogues[to]))
  const templates = flat(catalogues[from]).flatMap(([key, own]) => {
    const other = others.get(key)
    // one that is nothing but parameters says nothing itself
    return other === undefined || own.pieces.join('').trim() === '' ? [] : [{ own, other, whole: wholePattern(own) }]
  })
  const known = new Map<string, Meaning>()

  function meaning(text: string, part: boolean): Meaning {
    const id = `${part} ${text}`
    const found = known.get(id) ?? most(ways(text, part), text)
    known.set(id, found)
    return found
  }

  function ways(text: string, part: boolean): readonly (readonly Meaning[])[] {
    const whole = wholes(text)
    // what a template says mostly itself needs no other explanation
    const sure = whole.filter(({ literal }) => literal > Math.max(text.length / 2, 8))
    return sure.length > 0 ? [sure] : [whole, separated(text, part), listed(text), part ? parts(text) : []]
  }

  function wholes(text: string): readonly (Meaning & { readonly literal: number })[] {
    return templates.flatMap(({ own, other, whole }) => {
      const values = whole.exec(text)?.slice(1)
      // "3 of 4" is the page's, "Guest of mine" is a name
      if (values === undefined || (/^\s*\p{L}{1,2}\s*$/u.test(own.pieces.join('')) && !values.every((value) => /\d/.test(value)))) return []
      const named = values.map((value, index) => [own.parameters[index] ?? '', value] as const)
      const literal = own.pieces.join('').length
      return [{ ...filled(other, named), literal, said: literal + saidIn(named) }]
    })
  }

  function parts(text: string): readonly Meaning[] {
    if (text.trim().length < 4) return []
    const found = templates.flatMap(({ own, other }) => partsOf(text, own).map(({ values, whole, literal }) => ({ ...filled(other, values), said: literal + saidIn(whole) }))).filter(({ said }) => said >= Math.min(text.length / 2, 16))
    // one word may be a name as well
    return text.trim().includes(' ') ? found : found.map((one) => ({ ...one, phrases: [plain(text), ...one.phrases] }))
  }

  /** "NAT · 192.168.122.0/24 · inactive": each for itself. */
  function separated(text: string, part: boolean): readonly Meaning[] {
    const [, left, separator = '', right] = /^(.*?\S)((?: · |\. |; |: | – |, | \(|[.:)]$))(.*)$/su.exec(text) ?? []
    if (left === undefined || right === undefined) return []
    const [start, end] = [meaning(left, part), right === '' ? { phrases: [plain('')], said: 0 } : meaning(right, part)]
    // a colon may be the template's own
    const between = (first: Phrase): Phrase => (first.source.endsWith(exactly(separator.trim())) ? { source: '\\s*' } : plain(separator))
    const phrases = start.phrases.flatMap((first) => end.phrases.map((last) => joined([first, between(first), last])))
    return [{ phrases, said: start.said + end.said }]
  }

  /** "gateway, DHCP, and DNS" */
  function listed(text: string): readonly Meaning[] {
    const elements = text.split(/,? (?:and|y|e) |, /)
    if (elements.length === 1) return []
    const meanings = elements.map((element) => meaning(element, false))
    const between = { source: '(?:, |,? (?:and|y|e) )' }
    return [{ phrases: [joined(meanings.flatMap(({ phrases }, index) => [...(index === 0 ? [] : [between]), either(phrases)]))], said: sum(meanings) }]
  }

  /** A little less than what a template says itself, which is surer. */
  const saidIn = (values: Values): number => 0.99 * sum(values.map(([, value]) => meaning(value, false)))

  /** What stands in the place of a parameter is a word of the page, or a name that looks like one. */
  function filled({ pieces, parameters }: Template, values: Values): { readonly phrases: readonly Phrase[] } {
    const ofName = (name: string): Phrase => {
      const phrases = values.filter(([one]) => one === name).flatMap(([, value]) => [plain(value), ...meaning(value, false).phrases])
      return phrases.length === 0 ? { source: '[\\s\\S]*?' } : either(phrases)
    }
    return { phrases: [joined(pieces.flatMap((piece, index) => [plain(piece), ...parameters.slice(index, index + 1).map(ofName)]))] }
  }

  return (text, part) => meaning(text, part).phrases
}

/** What explains most of the text, in the first of the ways that do; where nothing does, the text is its own translation. */
function most(ways: readonly (readonly Meaning[])[], text: string): Meaning {
  const said = Math.max(Math.min(text.length / 4, 4), ...ways.flat().map((one) => one.said))
  const way = ways.find((meanings) => meanings.some((one) => one.said === said))
  return way === undefined ? { phrases: [number(text)], said: 0 } : { phrases: distinct(way.filter((one) => one.said === said).flatMap((one) => one.phrases)), said }
}

const sum = (meanings: readonly Meaning[]): number => meanings.reduce((total, { said }) => total + said, 0)
const distinct = (phrases: readonly Phrase[]): readonly Phrase[] => [...new Map(phrases.map((phrase) => [phrase.source, phrase])).values()]

function joined(phrases: readonly Phrase[]): Phrase {
  const source = phrases.map((phrase) => phrase.source).join('')
  const texts = phrases.flatMap((phrase) => phrase.plain ?? [])
  return texts.length === phrases.length ? { source, plain: texts.join('') } : { source }
}

/** Whichever of them. */
export function either(phrases: readonly Phrase[]): Phrase {
  const [first, ...more] = distinct(phrases)
  if (first !== undefined && more.length === 0) return first
  return { source: `(?:${[first, ...more].flatMap((phrase) => phrase?.source ?? []).join('|')})` }
}

/** "1.5 GiB" is "1,5 GiB" in Spanish; an address is the same everywhere. */
function number(text: string): Phrase {
  return /^\d+[.,]\d+\s?([KMGT]iB|%)?$/.test(text) ? { source: escaped(text).replace(/\\\.|,/, '[.,]') } : plain(text)
}

/** A text as the source of a pattern. Blanks may be no-break ones, which Spanish has before units. */
export const escaped = (text: string): string => exactly(text).replaceAll(/(?:\\s)+/g, '\\s+')

/** The same with as many blanks as there are: a name may begin with some. */
function exactly(text: string): string {
  return text.replaceAll(/[.*+?^${}()|[\]\\/]/g, '\\$&').replaceAll(/\s/g, '\\s')
}

function flat(words: Words, prefix = ''): readonly (readonly [string, Template])[] {
  return Object.entries(words).flatMap(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, template(value)] as const] : flat(value, `${prefix}${key}.`)))
}

function template(marked: string): Template {
  // <dhcp>DHCP</dhcp>: a term that the page explains
  const text = marked.replaceAll(/<([a-z-]+)>(.*?)<\/\1>/g, '$2')
  return { pieces: text.split(/\{\{\w+[^}]*\}\}/), parameters: [...text.matchAll(/\{\{(\w+)[^}]*\}\}/g)].map(([, name]) => name ?? '') }
}

const valuePattern = (name: string | undefined): string => (name === undefined ? '' : name === 'count' ? '([\\d.,\\s]+)' : '([\\s\\S]+)')

function wholePattern({ pieces, parameters }: Template): RegExp {
  return new RegExp(`^${pieces.map((piece, index) => `${exactly(piece)}${valuePattern(parameters[index])}`).join('')}$`)
}

/** Parameters and what stands in their places. */
type Values = readonly (readonly [string, string])[]

interface Part {
  readonly values: Values
  /** Those of which nothing is cut off. */
  readonly whole: Values
  readonly literal: number
}

/** A text that begins or ends in the middle of what a template says, with the values of the parameters that lie in it. */
function partsOf(text: string, { pieces, parameters }: Template): readonly Part[] {
  const inOne = pieces.find((piece) => holds(piece, text))
  // a page looks for texts in whatever case, but one in its own case is rather meant
  if (inOne !== undefined) return [{ values: [], whole: [], literal: inOne.includes(text) ? text.length : text.length - 2 }]
  return pieces.flatMap((first, start) => {
    const head = longest(first.length, (length) => text.startsWith(first.slice(first.length - length)) && !/\p{L}{2}$/u.test(first.slice(0, first.length - length + 1)))
    return pieces.slice(start + 1).flatMap((last, index): readonly Part[] => {
      const end = start + 1 + index
      const tail = longest(last.length, (length) => text.endsWith(last.slice(0, length)) && !/^\p{L}{2}/u.test(last.slice(length - 1)))
      const between = pieces.slice(start + 1, end)
      const literal = [first.slice(first.length - head), ...between, last.slice(0, tail)].join('')
      if (head + tail > text.length || !/\p{L}{2}/u.test(literal) || !between.every((piece) => text.includes(piece))) return []
      const names = parameters.slice(start, end)
      const pattern = new RegExp(`^${names.map((name, at) => `${valuePattern(name)}${exactly(between[at] ?? '')}`).join('')}$`)
      const values = pattern.exec(text.slice(head, text.length - tail))?.slice(1)
      if (values === undefined) return []
      const named = values.map((value, at) => [names[at] ?? '', value] as const)
      return [{ values: named, whole: named.slice(head > 0 ? 0 : 1, tail > 0 ? undefined : -1), literal: literal.length }]
    })
  })
}

/** Whole words of it, whatever their case. */
function holds(piece: string, text: string): boolean {
  const at = piece.toLowerCase().indexOf(text.toLowerCase())
  if (at < 0) return false
  return !/\p{L}{2}$/u.test(piece.slice(0, at + 1)) && !/^\p{L}{2}/u.test(piece.slice(at + text.length - 1))
}

function longest(limit: number, fits: (length: number) => boolean): number {
  for (let length = limit; length > 0; length -= 1) if (fits(length)) return length
  return 0
}
