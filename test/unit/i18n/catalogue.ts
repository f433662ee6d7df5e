/** Reading the catalogues of words and the sources that use them. */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { catalogues, type Namespace } from '../../../shared/i18n/index.ts'

const root = join(import.meta.dirname, '../../..')
const plural = /_(zero|one|two|few|many|other)$/

/** `namespace:part.part` of each text, with its text. */
export function textsOf(language: keyof typeof catalogues): ReadonlyMap<string, string> {
  const found = new Map<string, string>()
  const walk = (value: object, prefix: string): void => {
    for (const [key, inner] of Object.entries(value)) {
      if (typeof inner === 'string') found.set(`${prefix}${key}`, inner)
      else walk(inner as object, `${prefix}${key}.`)
    }
  }
  for (const [namespace, words] of Object.entries(catalogues[language])) walk(words, `${namespace}:`)
  return found
}

/** How many keys the files of a language write, also those that a later one of the same name hides from JSON.parse. */
export function keysWritten(language: keyof typeof catalogues): number {
  return Object.keys(catalogues[language])
    .map((namespace) => readFileSync(join(root, 'shared/i18n', language, `${namespace}.json`), 'utf8'))
    .reduce((sum, text) => sum + (text.match(/"(?:[^"\\]|\\.)*"\s*:/g)?.length ?? 0), 0)
}

/** How many keys there are in a tree of words. */
export function keysIn(words: object): number {
  return Object.values(words).reduce<number>((sum, inner: unknown) => sum + 1 + (typeof inner === 'object' && inner !== null ? keysIn(inner) : 0), 0)
}

/** The key as it is asked for: without the plural's ending. */
export function asked(key: string): string {
  return key.replace(plural, '')
}

/** Names of the parameters of a text, sorted. */
export function parametersOf(text: string): readonly string[] {
  return [...new Set([...text.matchAll(/\{\{\s*([\w-]+)[^}]*\}\}/g)].map((match) => match[1] ?? ''))].toSorted()
}

/** The text of every source that may show a word. */
export function sources(): readonly { readonly path: string; readonly text: string }[] {
  return ['renderer', 'electron', 'shared', 'scripts', 'assets'].flatMap((folder) =>
    readdirSync(join(root, folder), { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile() && /\.(ts|tsx|mts|mjs|json)$/.test(entry.name))
      .map((entry) => join(entry.parentPath, entry.name))
      .filter((path) => !path.includes('/shared/i18n/') && !path.includes('/node_modules/'))
      .map((path) => ({ path: path.slice(root.length + 1), text: readFileSync(path, 'utf8') })),
  )
}

/** The namespaces whose keys a page asks for without naming them. */
export const bareNamespace: Namespace = 'common'
