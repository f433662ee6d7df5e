/** Work that failed is begun again by a button: what came of a download is kept, and gone on with. */
import { AppError, toWireError, type ErrorCode } from '../../shared/model/error.ts'

/** Here the same request would fail the same way: something else must be chosen. */
const lasting: ReadonlySet<ErrorCode> = new Set(['cancelled', 'address-gone', 'address-invalid', 'already-exists', 'invalid-input', 'internal', 'not-found', 'unsupported'])

/** The problem with the request that begins the work again among its remedies. */
export function withRetry(problem: unknown, name: string, input: unknown): unknown {
  const { code, params, detail, remedies } = toWireError(problem)
  if (lasting.has(code)) return problem
  return new AppError(code, params, detail, [...remedies, { name: 'retry', request: { name, input } }])
}
