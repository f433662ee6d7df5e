/**
 * The words of a page in the language that a run wants. Tests are written in one language; with VIVERO_OTHER_LANGUAGE=1 the
 * same tests look for the same words in the other one, by the catalogue of words that the page itself has.
 */
import { catalogues } from '../../../shared/i18n/index.ts'
import type { Language } from '../../../shared/model/settings.ts'

type Words = { readonly [key: string]: string | Words }

export interface Speaker {
  /** What the app is to speak. */
  readonly language: Language
  /** A text of the page; where several mean it in the other language, whichever of them. */
  say(text: string): string | RegExp
}

/** For a file of tests written in that language. */
export function speaker(written: Language): Speaker {
  if (process.env['VIVERO_OTHER_LANGUAGE'] !== '1') return { language: written, say: (text) => text }
  const language = written === 'en' ? 'es' : 'en'
  const [from, to] = [flat(catalogues[written]), flat(catalogues[language])]
  return { language, say: (text) => translated(text, from, to) }
}

function flat(words: Words, prefix = ''): ReadonlyMap<string, string> {
  const entries = Object.entries(words).map(([key, value]) => (typeof value === 'string' ? [[`${prefix}${key}`, value] as const] : [...flat(value, `${prefix}${key}.`)]))
  return new Map(entries.flat())
}

const escaped = (text: string): string => text.replaceAll(/[.*+?^${}()|[\]\\]/g, '\\$&')

/** `{{name}}` or `{{count, number}}` */
const parameter = /\{\{(\w+)[^}]*\}\}/g

function translated(text: string, from: ReadonlyMap<string, string>, to: ReadonlyMap<string, string>): string | RegExp {
  const matching = [...from].flatMap(([key, template]) => {
    const values = valuesIn(text, template)
    return values ? [{ other: to.get(key) ?? '', values, literal: template.replaceAll(parameter, '').length }] : []
  })
  // a parameter may stand for anything: the template that says most itself is the one that is meant, where it says something
  const most = Math.max(text.length / 4, ...matching.map(({ literal }) => literal))
  const meant = matching.filter(({ literal }) => literal === most)
  const found = new Set(meant.map(({ other, values }) => other.replaceAll(parameter, (_, name: string) => values[name] ?? '')))
  const [first, ...more] = found
  // what no page says is what a test itself has typed or made
  if (first === undefined) return text
  return more.length === 0 ? first : new RegExp(`^(${[...found].map(escaped).join('|')})$`)
}

/** What stands in the place of a template's parameters; null where the text is not made from it. */
function valuesIn(text: string, template: string): Readonly<Record<string, string>> | null {
  const names = [...template.matchAll(parameter)].map(([, name]) => name ?? '')
  // one that is nothing but parameters says everything
  if (template.replaceAll(parameter, '').trim() === '') return null
  const pattern = template.split(/\{\{\w+[^}]*\}\}/).map(escaped).join('([\\s\\S]*)')
  const match = new RegExp(`^${pattern}$`).exec(text)
  return match ? Object.fromEntries(names.map((name, index) => [name, match[index + 1] ?? ''])) : null
}
