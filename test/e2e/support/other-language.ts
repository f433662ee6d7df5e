/**
 * Tests are written in one language. With VIVERO_OTHER_LANGUAGE=1 the app speaks the other one, and what a test looks for
 * (names of roles, texts, labels; what an expectation names) is looked for in the words that the page has for it there.
 * What no page says (names of machines, addresses) is what a test itself has made, and stays as it is.
 */
import type { Locator, Page } from '@playwright/test'
import type { Language } from '../../../shared/model/settings.ts'
import { dictionary, either, escaped, type Dictionary, type Phrase } from './words.ts'

export const otherLanguage = process.env['VIVERO_OTHER_LANGUAGE'] === '1'

const other = { en: 'es', es: 'en' } as const
let translate: Dictionary | null = null
let speaking: Language = 'en'

/** What the app is to speak, for tests that are written in that language from here on. */
export function spoken(written: Language): Language {
  translate = otherLanguage ? dictionary(written, other[written]) : null
  speaking = otherLanguage ? other[written] : written
  return speaking
}

/** For tests that are about the languages themselves: they are the same in each run. */
export function asWritten(): void {
  translate = null
}

const untranslated = new WeakSet<RegExp>()

/** What has to be written in both languages, since its words do not stand in the same order. */
export function inBoth(patterns: Readonly<Record<Language, RegExp>>): RegExp {
  untranslated.add(patterns[speaking])
  return patterns[speaking]
}

/** The name of something that a test has made or met, though it is a word of the page too. */
export function named(name: string): RegExp {
  const pattern = new RegExp(`^\\s*${escaped(name)}\\s*$`)
  untranslated.add(pattern)
  return pattern
}

/** What to look for in the page where a test says this. `part`: the text may go on before and after it. */
export function wanted(text: string, part: boolean): string | RegExp {
  if (translate === null) return text
  const phrase = either(translate(text, part))
  return phrase.plain ?? new RegExp(part ? phrase.source : `^\\s*${phrase.source}\\s*$`)
}

/** What has a meaning in a pattern: \d, classes, the beginnings of groups, a character and how often it comes. */
const sign = /\\[dDsSwWbB]|\[(?:\\.|[^\]])*\]|\(\?(?:<?[=!]|:)|.?[*+?]|\{\d*,?\d*\}|[()|^$.]/
const literal = /(?:\\[^dDsSwWbB]|[^\\[\](){}|^$.*+?](?![*+?{]))+/
const signOrLiteral = new RegExp(`${sign.source}|(${literal.source})`, 'gu')

/** A pattern with the words in it in the other language. */
export function wantedPattern(pattern: RegExp): RegExp {
  const words = translate
  if (words === null || untranslated.has(pattern)) return pattern
  const source = pattern.source.replaceAll(signOrLiteral, (all: string, text: string | undefined) => (text === undefined ? all : inPattern(text, words)))
  return new RegExp(source, pattern.flags)
}

function inPattern(written: string, words: Dictionary): string {
  const [, before = '', text = '', after = ''] = /^([\s·–]*)(.*?)([\s·–]*)$/su.exec(written.replaceAll(/\\(.)/gu, '$1')) ?? []
  if (!/\p{L}{2}/u.test(text)) return written
  const phrase: Phrase = either(words(text, true))
  // what stands for the rest of a text takes its blanks with it
  const blank = (sides: string): string => (sides.trim() === '' ? sides.replace(/\s+/, '\\s*') : sides)
  return phrase.plain === text ? written : `${blank(before)}(?:${phrase.source})${blank(after)}`
}

const inOptions = ['name', 'description', 'hasText', 'hasNotText'] as const

function wantedArgument(argument: unknown, exact: boolean): unknown {
  if (typeof argument === 'string') return wanted(argument, !exact)
  return argument instanceof RegExp ? wantedPattern(argument) : argument
}

function wantedOptions(options: unknown): unknown {
  if (typeof options !== 'object' || options === null || options instanceof RegExp) return options
  const exact = isExact(options)
  const translated = inOptions.flatMap((name) => (name in options ? [[name, wantedArgument(Reflect.get(options, name), exact)]] : []))
  return { ...options, ...Object.fromEntries(translated) }
}

const isExact = (options: unknown): boolean => typeof options === 'object' && options !== null && 'exact' in options && options.exact === true

/** The methods that look for something, and whether their first argument is a text of the page. */
const finders = { getByText: true, getByLabel: true, getByPlaceholder: true, getByTitle: true, getByRole: false, locator: false, filter: false } as const

/** Pages and locators look for the words of the other language from now on; once for all of them. */
export function understand(page: Page): void {
  if (!otherLanguage) return
  for (const one of [page, page.locator('html')]) teach(Object.getPrototypeOf(one))
}

const taught = new WeakSet<object>()

function teach(prototype: object): void {
  if (taught.has(prototype)) return
  taught.add(prototype)
  for (const [name, says] of Object.entries(finders)) {
    const find: unknown = Reflect.get(prototype, name)
    if (typeof find !== 'function') continue
    Reflect.set(prototype, name, function inOtherLanguage(this: Page | Locator, first: unknown, options?: unknown): unknown {
      return Reflect.apply(find, this, [says ? wantedArgument(first, isExact(options)) : wantedOptions(first), wantedOptions(options)])
    })
  }
}
