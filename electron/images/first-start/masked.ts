/** A document of a seed as the command log shows it: what is secret is a variable that the line asks for. */
import { secretVariable } from '../../libvirt/command-line.ts'
import { quoteForShell } from '../../libvirt/quoting.ts'

export interface MaskedSecret {
  /** As it stands in the document. */
  readonly text: string
  /** The person types the password, and the line makes its hash. */
  readonly hashed: boolean
}

/** The line that asks for it. What has several lines is read to its end (Ctrl+D). */
export const asking = ({ text }: MaskedSecret, index: number): string => (text.includes('\n') ? `${secretVariable(index)}=$(cat)` : `read -rs ${secretVariable(index)}`)

const put = ({ hashed }: MaskedSecret, index: number): string =>
  hashed ? `$(printf %s "$${secretVariable(index)}" | openssl passwd -6 -stdin)` : `\${${secretVariable(index)}}`

/** The lines that write the text into the file: a here-document, which always ends with a line break, else printf. */
export function writingLines(text: string, file: string, secrets: readonly MaskedSecret[]): string {
  const masked = secrets.some((secret) => text.includes(secret.text))
  if (!text.endsWith('\n') || !isTypable(text)) return `printf %s ${masked ? inQuotes(text, secrets) : quoteForShell(text)} > ${file}`
  const body = masked ? mask(text, secrets, (plain) => plain.replace(/[\\$`]/g, '\\$&')) : text
  const end = delimiter(body)
  return `cat > ${file} <<${masked ? end : `'${end}'`}\n${body}${end}`
}

/** Nothing that a terminal would take for a key when it is pasted. */
const isTypable = (text: string): boolean => !/[^\P{Cc}\n]/u.test(text)

const inQuotes = (text: string, secrets: readonly MaskedSecret[]): string => mask(text, secrets, quoteForShell, (word) => `"${word}"`)

/** The longest first, so that one that is part of another leaves it whole; what was put in is not looked at again. */
function mask(text: string, secrets: readonly MaskedSecret[], keep: (plain: string) => string, wrap = (word: string): string => word): string {
  const [first] = secrets.map((secret, index) => ({ secret, index })).filter(({ secret }) => text.includes(secret.text)).sort((a, b) => b.secret.text.length - a.secret.text.length)
  if (!first) return text === '' ? '' : keep(text)
  return text.split(first.secret.text).map((part) => mask(part, secrets, keep, wrap)).join(wrap(put(first.secret, first.index)))
}

function delimiter(body: string): string {
  const lines = new Set(body.split('\n'))
  for (let count = 0; ; count++) {
    const word = count === 0 ? 'YAML' : `YAML${count}`
    if (!lines.has(word)) return word
  }
}
