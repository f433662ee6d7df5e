import { describe, expect, it } from 'vitest'
import { errorCodes } from '../../../shared/model/error.ts'
import { catalogues, namespaces } from '../../../shared/i18n/index.ts'
import { asked, bareNamespace, keysIn, keysWritten, parametersOf, sources, textsOf } from './catalogue.ts'

const english = textsOf('en')
const spanish = textsOf('es')
const all = sources()
const everything = all.map((source) => source.text).join('\n')

/** Keys written out in a source: `'machines:action.start'`, and the beginnings of those put together: `machines:state.${…}`. */
const spaces = namespaces.join('|')
const written = new Set(
  [...everything.matchAll(new RegExp(`['"\`]((?:${spaces}):[\\w.-]+)['"\`]`, 'g'))].map((match) => match[1] ?? ''),
)
const beginnings = new Set(
  [...everything.matchAll(new RegExp(`\`((?:${spaces}):[\\w.-]*)\\$\\{`, 'g'))].map((match) => match[1] ?? ''),
)
const bare = new Set([...everything.matchAll(/\bt\(\s*['"]([\w.-]+)['"]/g)].map((match) => match[1] ?? ''))
const wordsInSources = new Set(everything.match(/[\w-]+/g))
/** Beginnings of single words put together: `no-kvm-${reason}`. */
const wordBeginnings = [...new Set([...everything.matchAll(/`([\w]+-(?:[\w]+-)*)\$\{/g)].map((match) => match[1] ?? ''))]

function inSources(part: string): boolean {
  return (
    wordsInSources.has(part) ||
    wordBeginnings.some((beginning) => part.startsWith(beginning) && wordsInSources.has(part.slice(beginning.length)))
  )
}

/** Whether some source asks for a key: written out, or with a beginning whose rest is made of words that sources have. */
function used(key: string): boolean {
  if (written.has(key)) return true
  const [namespace = '', path = ''] = key.split(/:(.*)/s)
  if (namespace === bareNamespace && bare.has(path)) return true
  return [...beginnings].some((beginning) => {
    if (!key.startsWith(beginning)) return false
    return key
      .slice(beginning.length)
      .split('.')
      .every(inSources)
  })
}

describe('words', () => {
  it('are the same in number and name in both languages', () => {
    const keys = (texts: ReadonlyMap<string, string>) => [...new Set([...texts.keys()].map(asked))].toSorted()
    expect(keys(spanish)).toEqual(keys(english))
  })

  it.each(['en', 'es'] as const)('have each key once: a second one of the same name would hide the first (%s)', (language) => {
    expect(keysWritten(language)).toBe(Object.values(catalogues[language]).reduce((sum, words) => sum + keysIn(words), 0))
  })

  it('have every plural form that their language needs', () => {
    const missing = (['en', 'es'] as const).flatMap((language) => {
      const texts = textsOf(language)
      // "many" is for millions in Spanish; i18next takes "other" where it is absent only if that is asked for, and no count comes near.
      const forms = new Intl.PluralRules(language).resolvedOptions().pluralCategories.filter((form) => form !== 'many')
      const counted = [...new Set([...texts.keys()].filter((key) => asked(key) !== key).map(asked))]
      return counted.flatMap((key) => forms.map((form) => `${key}_${form}`)).filter((key) => !texts.has(key))
    })
    expect(missing).toEqual([])
  })

  it('take the same parameters in both languages', () => {
    const differing = [...english]
      .filter(([key]) => spanish.has(key))
      .filter(([key, text]) => parametersOf(text).join() !== parametersOf(spanish.get(key) ?? '').join())
      .map(([key]) => key)
    expect(differing).toEqual([])
  })

  it('are not empty', () => {
    const empty = [...english, ...spanish].filter(([, text]) => text.trim() === '').map(([key]) => key)
    expect(empty).toEqual([])
  })

  it('are there for every key that a source names', () => {
    const known = new Set([...english.keys()].flatMap((key) => [key, asked(key)]))
    const folders = [...known].map((key) => key.split('.').slice(0, -1).join('.'))
    const unknown = [...written].filter((key) => !known.has(key) && !folders.includes(key))
    expect(unknown).toEqual([])
  })

  it('are all used', () => {
    const unused = [...new Set([...english.keys()].map(asked))].filter((key) => !key.startsWith('setup:') && !used(key))
    expect(unused).toEqual([])
  })

  it('name no other thing than an error code, a remedy or a detail among the errors', () => {
    const codes = new Set<string>([...errorCodes, 'remedy', 'detail'])
    const strange = [...english.keys()]
      .filter((key) => key.startsWith('errors:'))
      .map((key) => key.slice('errors:'.length).split('.')[0] ?? '')
      .filter((name) => !codes.has(name))
    expect([...new Set(strange)]).toEqual([])
  })

  it('say what each error is', () => {
    expect(errorCodes.filter((code) => !english.has(`errors:${code}.title`))).toEqual([])
  })

  it('avoid what the glossary calls bad Spanish', () => {
    const bad = [/\bsilo\b/i, /copias de seguridad/i, /\bforward\b/i, /\bisolad[oa]\b/i, /creación de redes/i, /\bEtapa \d+ of\b/]
    const found = [...spanish].filter(([, text]) => bad.some((pattern) => pattern.test(text))).map(([key]) => key)
    expect(found).toEqual([])
  })
})
