/** The command line of the browser version's host. */
import { existsSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { parseArgs } from 'node:util'

export interface ServeOptions {
  /** 0 for any. */
  readonly port: number
  readonly idleMs: number
  /** Folder of the built page. */
  readonly pages: string
  /** Where a page of the same app is served from while it is developed. */
  readonly origins: readonly string[]
}

/** What an option takes: a key of the words in `setup:serve`. */
export type Expected = 'number' | 'port' | 'origin'

/** What is wrong with the command line: a key of the words in `setup:serve`, with its parameters. */
export class UsageError extends Error {
  override readonly name = 'UsageError'
  readonly key: 'option' | 'noPages' | 'unknown'
  readonly params: { readonly option?: string; readonly folder?: string; readonly words?: string }
  readonly expected: Expected | null

  constructor(key: UsageError['key'], params: UsageError['params'], expected: Expected | null = null) {
    super(key)
    this.key = key
    this.params = params
    this.expected = expected
  }
}

const wrong = (option: string, expected: Expected): UsageError => new UsageError('option', { option }, expected)

/** Errors: UsageError. */
export function serveOptions(args: readonly string[], builtPages: string): ServeOptions {
  const { values } = parsed(args)
  const port = Number(values.port)
  const idleMs = Number(values['idle-seconds']) * 1000
  const pages = resolve(values.renderer ?? builtPages)
  const origins = values['page-origin']
  if (!Number.isInteger(port) || port < 0 || port > 65_535) throw wrong('--port', 'port')
  if (!Number.isFinite(idleMs) || idleMs < 0) throw wrong('--idle-seconds', 'number')
  if (!origins.every((origin) => /^http:\/\/127\.0\.0\.1:\d+$/.test(origin))) throw wrong('--page-origin', 'origin')
  if (!existsSync(join(pages, 'index.html'))) throw new UsageError('noPages', { folder: pages })
  return { port, idleMs, pages, origins }
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      options: {
        port: { type: 'string', default: '0' },
        'idle-seconds': { type: 'string', default: '60' },
        renderer: { type: 'string' },
        'page-origin': { type: 'string', multiple: true, default: [] },
      },
    })
  } catch {
    throw new UsageError('unknown', { words: args.join(' ') })
  }
}
