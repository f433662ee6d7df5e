/** The line of the command log: pasted into a plain shell it does again what was done. */
import { quoteForShell } from './quoting.ts'

export interface LineOptions {
  /** Set before the program, for commands that take what they need from the environment. */
  readonly env?: Readonly<Record<string, string>>
  /** A document that the command reads: it becomes a here-document in place of `--file=`. */
  readonly document?: string
  /** Words that are asked for instead of shown. In a document they stand escaped as XML has it. */
  readonly secrets?: readonly Secret[]
}

export interface Secret {
  /** As the arguments or the document hold it, once unescaped. */
  readonly value: string
  /** As the document holds it, where that differs. */
  readonly escaped?: string
}

/** The words to run, as one line (or several, with a here-document) for a POSIX shell; secrets need bash's `read -s`. */
export function commandLine(words: readonly string[], options: LineOptions = {}): string {
  const secrets = (options.secrets ?? []).filter((secret) => secret.value !== '')
  const asked = secrets.map((_, index) => `read -rs ${secretVariable(index)}`)
  const settings = Object.entries(options.env ?? {}).map(([name, value]) => `${name}=${quoteForShell(value)}`)
  const shown = [...settings, ...words.map((word) => quoteMasked(word, secrets))]
  if (options.document === undefined) return [...asked, shown.join(' ')].join('\n')
  const { start, body, end } = hereDocument(options.document, secrets)
  return [...asked, `${shown.join(' ')} /dev/stdin ${start}`, body, end].join('\n')
}

/** The text without its secrets, for messages and logs. */
export function withoutSecrets(text: string, secrets: readonly Secret[] = []): string {
  const values = secrets.flatMap((secret) => [secret.value, secret.escaped ?? '']).filter((value) => value !== '')
  return values.reduce((result, value) => result.replaceAll(value, '***'), text)
}

/** The shell's variable that a secret is read into. */
export const secretVariable = (index: number): string => (index === 0 ? 'SECRET' : `SECRET${index + 1}`)

function quoteMasked(word: string, secrets: readonly Secret[]): string {
  const index = secrets.findIndex((secret) => word.includes(secret.value))
  const secret = secrets[index]
  if (!secret) return quoteForShell(word)
  const parts = word.split(secret.value).map((part) => (part === '' ? '' : quoteMasked(part, secrets)))
  return parts.join(`"$${secretVariable(index)}"`)
}

function hereDocument(document: string, secrets: readonly Secret[]): { start: string; body: string; end: string } {
  const body = document.replace(/\n$/, '')
  const end = delimiter(body)
  const masked = secrets.filter((secret) => body.includes(secret.escaped ?? secret.value))
  if (masked.length === 0) return { start: `<<'${end}'`, body, end }
  // Without quotes around the delimiter the shell puts the variables in; what else it would read is escaped.
  let escaped = body.replace(/[\\$`]/g, '\\$&')
  for (const secret of masked) {
    const stands = (secret.escaped ?? secret.value).replace(/[\\$`]/g, '\\$&')
    escaped = escaped.replaceAll(stands, `$(virsh -q echo --xml -- "$${secretVariable(secrets.indexOf(secret))}")`)
  }
  return { start: `<<${end}`, body: escaped, end }
}

/** A line that the document does not hold. */
function delimiter(body: string): string {
  const lines = new Set(body.split('\n'))
  for (let count = 0; ; count++) {
    const word = count === 0 ? 'XML' : `XML${count}`
    if (!lines.has(word)) return word
  }
}
