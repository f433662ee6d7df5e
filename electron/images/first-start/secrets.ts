/** What is secret in a document that somebody wrote: for the warning about it, and to keep it out of every log. */
import { isMap, isScalar, isSeq, visit, type Node, type Scalar } from 'yaml'
import { isHash } from './password.ts'
import { readYaml } from './yaml.ts'

export interface DocumentSecret {
  /** As it stands in the document, without its quotes. */
  readonly text: string
  readonly line: number
  /** A password that anybody who reads the document can use; a hash or a key is none. */
  readonly plainPassword: boolean
}

const passwordKey = /^(?:passwd|password|plain_text_passwd|.*[_-]password)$/i
const otherKey = /^(?:hashed_passwd|passphrase|psk|pre-shared-key|.*(?:secret|token|_private|private[_-]?key|api[_-]?key))$/i

/** Wherever it stands: in a file that is to be written, say. */
const privateKey = /-----BEGIN [A-Z ]*PRIVATE KEY-----[\s\S]*?-----END [A-Z ]*PRIVATE KEY-----/g

/** In the order of the document. One that is no YAML has none that could be found. */
export function secretsIn(text: string): DocumentSecret[] {
  const { document, lines } = readYaml(text)
  const found: DocumentSecret[] = []
  const note = (from: number, secret: string, plainPassword: boolean): void => {
    if (secret !== '') found.push({ text: secret, line: lines.linePos(from).line, plainPassword })
  }
  visit(document, {
    Pair: (_key, pair) => {
      const key = isScalar(pair.key) ? String(pair.key.value) : ''
      const value = pair.value
      if (key === 'chpasswd' && isMap(value)) noteList(value.get('list', true), text, note)
      if (!isScalar(value) || typeof value.value === 'boolean' || value.value === null) return
      if (otherKey.test(key) || passwordKey.test(key)) {
        const { from, source } = sourceOf(value, text)
        const random = /^(?:R|RANDOM)$/.test(source)
        if (!random) note(from, source, passwordKey.test(key) && !isHash(String(value.value)))
      }
    },
  })
  for (const { 0: key, index } of text.matchAll(privateKey)) {
    if (!found.some((secret) => secret.text.includes(key))) found.push({ text: key, line: lines.linePos(index).line, plainPassword: false })
  }
  return found
}

type Note = (from: number, secret: string, plainPassword: boolean) => void

/** `user:password`, a line or an entry each. */
function noteList(list: unknown, text: string, note: Note): void {
  const scalars = isSeq(list) ? list.items.filter((item): item is Scalar => isScalar(item)) : isScalar(list) ? [list] : []
  for (const scalar of scalars) {
    const { from, source } = sourceOf(scalar, text)
    for (const match of source.matchAll(/^[ \t]*[^:\s]+:(.*)$/gm)) {
      const secret = match[1]?.trim() ?? ''
      if (!/^(?:R|RANDOM)$/.test(secret)) note(from + match.index, secret, !isHash(secret))
    }
  }
}

/** The text of a value where it stands: without quotes, a block without the sign before it. */
function sourceOf(node: Scalar, text: string): { readonly from: number; readonly source: string } {
  const [start = 0, end = 0] = (node as Node).range ?? []
  const raw = text.slice(start, end)
  const lead = /^["']/.test(raw) ? 1 : (/^[|>][^\n]*\n\s*/.exec(raw)?.[0].length ?? 0)
  const source = raw.slice(lead, /^["']/.test(raw) ? -1 : undefined)
  return { from: start + lead, source: source.trimEnd() }
}

/** Whether chpasswd says that passwords need not be changed at the first login. */
export function keepsPasswords(text: string): boolean {
  const config = readYaml(text).document.get('chpasswd')
  return isMap(config) && config.get('expire') === false
}

