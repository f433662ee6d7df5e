/**
 * Fetching by HTTP with undici, the client inside Node, taken as a package for its proxies: http_proxy, https_proxy and
 * no_proxy of the environment hold. Redirects are followed, to other addresses of http and https alone.
 */
import { EnvHttpProxyAgent, fetch, type Response } from 'undici'
import { percentDecoded } from '../../../shared/lib/text.ts'
import { AppError } from '../../../shared/model/error.ts'
import { fetchable, folderAbove, withoutCredentials } from './address.ts'
import { environmentProxies } from './proxies.ts'

export interface HttpLimits {
  /** Until a connection stands, in milliseconds. */
  readonly connectMs: number
  /** Until the answer begins, and between two pieces of it. */
  readonly silentMs: number
  /** For the whole of a small text: what trickles keeps nobody waiting. */
  readonly textMs: number
}

const usual: HttpLimits = { connectMs: 15_000, silentMs: 30_000, textMs: 20_000 }

/** More than publishers and their mirrors need: it is a circle. */
const REDIRECTS = 10

/** What a file of checksums or a folder's page may have at most. */
const TEXT_LIMIT = 4 * 1024 * 1024

export class Http {
  readonly #agent: EnvHttpProxyAgent
  readonly #answerMs: number
  readonly #textMs: number

  constructor(limits: Partial<HttpLimits> = {}) {
    const { connectMs, silentMs, textMs } = { ...usual, ...limits }
    this.#answerMs = connectMs + silentMs
    this.#textMs = textMs
    // proxies let only https through by CONNECT: plain http is asked of them as it is
    const tunnel = { connect: { timeout: connectMs }, headersTimeout: silentMs, bodyTimeout: silentMs, proxyTunnel: false }
    this.#agent = new EnvHttpProxyAgent({ ...tunnel, ...environmentProxies() })
  }

  /**
   * Asks for an address, and for those that it is redirected to; the answer may say no (status).
   * Errors: address-invalid (params.address, also of a redirect), address-refused (a circle of redirects),
   * address-unreachable (params.host), transfer-stalled, transfer-broken, cancelled.
   */
  async get(address: string, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    let url = fetchable(address)
    const { origin } = url
    const own = credentials(url)
    for (let redirects = 0; ; redirects++) {
      // another server is told no password of this one's
      const told = url.origin === origin ? { ...own, ...credentials(url) } : credentials(url)
      const response = await this.#ask(new URL(withoutCredentials(url.href)), { ...headers, ...told }, signal)
      const next = redirect(response)
      if (next === null) return response
      await response.body?.cancel()
      if (redirects === REDIRECTS) throw refusal(response.status, address, `more than ${REDIRECTS} redirects: ${next}`)
      url = fetchable(URL.canParse(next, url.href) ? new URL(next, url).href : next)
    }
  }

  /** One answer, whatever it is. */
  async #ask(url: URL, headers: Readonly<Record<string, string>>, signal: AbortSignal): Promise<Response> {
    // a proxy that hangs up is asked again and again: until the answer begins there is a limit of its own
    const late = new AbortController()
    const timer = setTimeout(() => late.abort(), this.#answerMs)
    try {
      // a compressed answer has neither the length nor the ranges of the file
      const wanted = { 'accept-encoding': 'identity', 'user-agent': 'vivero', ...headers }
      return await fetch(url, { headers: wanted, redirect: 'manual', signal: AbortSignal.any([signal, late.signal]), dispatcher: this.#agent })
    } catch (problem) {
      if (late.signal.aborted && !signal.aborted) throw new AppError('transfer-stalled', { host: url.host })
      throw httpError(problem, url.host, signal)
    } finally {
      clearTimeout(timer)
    }
  }

  /** A small text, or null where there is none. Errors: as get, and address-refused where the server fails (5xx). */
  async text(address: string, signal: AbortSignal): Promise<string | null> {
    const limit = AbortSignal.timeout(this.#textMs)
    const either = AbortSignal.any([signal, limit])
    try {
      const response = await this.get(address, {}, either)
      if (response.ok) return await limited(response)
      await response.body?.cancel()
      if (response.status >= 500) throw refusal(response.status, address)
      return null
    } catch (problem) {
      if (signal.aborted) throw new AppError('cancelled')
      const { host } = fetchable(address)
      if (limit.aborted) throw new AppError('transfer-stalled', { host })
      throw httpError(problem, host, signal)
    }
  }

  /** The status of an address, without its content. Errors: as get. */
  async probe(address: string, signal: AbortSignal): Promise<{ readonly status: number; readonly address: string; readonly bytes: number | null }> {
    const response = await this.get(address, { range: 'bytes=0-0' }, signal)
    await response.body?.cancel()
    const total = /\/(\d+)$/.exec(response.headers.get('content-range') ?? '')?.[1] ?? response.headers.get('content-length')
    return { status: response.status, address: response.url, bytes: total === null ? null : Number(total) }
  }

  async close(): Promise<void> {
    await this.#agent.destroy()
  }
}

/** A user and a password of an address, as fetch takes them: https://www.rfc-editor.org/rfc/rfc7617 */
function credentials({ username, password }: URL): { readonly authorization?: string } {
  if (username === '' && password === '') return {}
  const text = [username, password].map(percentDecoded).join(':')
  return { authorization: `Basic ${Buffer.from(text).toString('base64')}` }
}

/** Where an answer says that it is, or null where it is here. */
const redirect = (response: Response): string | null => ([301, 302, 303, 307, 308].includes(response.status) ? response.headers.get('location') : null)

async function limited(response: Response): Promise<string | null> {
  const pieces: Uint8Array[] = []
  let size = 0
  for await (const piece of response.body ?? []) {
    size += piece.byteLength
    if (size > TEXT_LIMIT) return null // an image that calls itself a file of checksums
    pieces.push(piece)
  }
  return Buffer.concat(pieces).toString('utf8')
}

/** Errors that say that there is no such host, or nobody who listens. */
const unreachable = new Set([
  'ENOTFOUND', 'EAI_AGAIN', 'ECONNREFUSED', 'EHOSTUNREACH', 'ENETUNREACH', 'ETIMEDOUT', 'UND_ERR_CONNECT_TIMEOUT',
  'ERR_TLS_CERT_ALTNAME_INVALID', 'DEPTH_ZERO_SELF_SIGNED_CERT', 'SELF_SIGNED_CERT_IN_CHAIN', 'CERT_HAS_EXPIRED', 'UNABLE_TO_VERIFY_LEAF_SIGNATURE',
]) // prettier-ignore
const silent = new Set(['UND_ERR_HEADERS_TIMEOUT', 'UND_ERR_BODY_TIMEOUT'])

/** What a failure of undici's means for a person. */
export function httpError(problem: unknown, host: string, signal: AbortSignal): AppError {
  if (problem instanceof AppError) return problem
  if (signal.aborted) return new AppError('cancelled')
  const { code, message } = innermost(problem)
  if (unreachable.has(code)) return new AppError('address-unreachable', { host }, message)
  return new AppError(silent.has(code) ? 'transfer-stalled' : 'transfer-broken', { host }, message)
}

/** undici says "fetch failed", and why in its cause. */
function innermost(problem: unknown): { readonly code: string; readonly message: string } {
  let error = problem
  while (error instanceof Error && error.cause instanceof Error) error = error.cause
  if (error instanceof AggregateError && error.errors[0] instanceof Error) error = error.errors[0]
  const code = error instanceof Error && 'code' in error ? String(error.code) : ''
  return { code, message: error instanceof Error ? error.message : String(error) }
}

/** What an answer other than "here it is" means. Errors: address-gone (with the folder above), address-refused (params.status). */
export function refusal(status: number, asked: string, detail: string | null = null): AppError {
  const address = withoutCredentials(asked)
  if (status === 404 || status === 410) return new AppError('address-gone', { address, folder: folderAbove(address) })
  return new AppError('address-refused', { address, status, host: new URL(address).host }, detail)
}
