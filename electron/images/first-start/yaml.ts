/** YAML as cloud-init reads it (version 1.1), with the line of what is wrong. */
import { LineCounter, parseDocument, type Document, type ErrorCode, type YAMLParseError } from 'yaml'

export interface YamlFault {
  /** Counted from 1. */
  readonly line: number
  /** The code of a sentence of ours: no text of the document is in it. */
  readonly reason: string
}

export interface ReadYaml {
  readonly document: Document.Parsed
  readonly lines: LineCounter
  /** Null where cloud-init can read it. */
  readonly fault: YamlFault | null
}

/** What people get wrong most, each with a sentence of its own; all else is one. */
const reasons: Partial<Record<ErrorCode, string>> = {
  MULTILINE_IMPLICIT_KEY: 'yaml-no-key',
  BLOCK_AS_IMPLICIT_KEY: 'yaml-second-key',
  BAD_INDENT: 'yaml-indent',
  TAB_AS_INDENT: 'yaml-tab',
  DUPLICATE_KEY: 'yaml-twice',
  MISSING_CHAR: 'yaml-unclosed',
  BAD_DQ_ESCAPE: 'yaml-escape',
  BAD_SCALAR_START: 'yaml-start',
  MULTIPLE_DOCS: 'yaml-several',
}

export function readYaml(text: string): ReadYaml {
  const lines = new LineCounter()
  const document = parseDocument(text, { version: '1.1', lineCounter: lines, logLevel: 'error' })
  const [first] = document.errors
  const fault = first ? { line: lines.linePos(first.pos[0]).line, reason: reasonOf(first) } : unresolved(document)
  return { document, lines, fault }
}

/** The library's own words tell apart what has the same code. */
function reasonOf({ code, message }: YAMLParseError): string {
  if (code === 'MISSING_CHAR' && message.startsWith('Implicit map keys')) return 'yaml-no-key'
  if (code === 'BAD_INDENT' && message.startsWith('Flow ')) return 'yaml-unclosed'
  return reasons[code] ?? 'yaml-other'
}

/** A name (`*name`) for something that nothing is called, or so many of them that no memory would hold it. */
function unresolved(document: Document.Parsed): YamlFault | null {
  try {
    document.toJS()
    return null
  } catch {
    return { line: 1, reason: 'yaml-alias' }
  }
}
