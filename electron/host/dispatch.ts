/** From a name and an unchecked input to a handler, and from whatever happens there to an outcome. */
import { requests, type Input, type Output, type RequestName, type Result } from '../../shared/contract/index.ts'
import { AppError, toWireError } from '../../shared/model/error.ts'
import type { HandlerContext, Handlers } from './context.ts'

export function isRequestName(name: string): name is RequestName {
  return Object.hasOwn(requests, name)
}

/**
 * Checks the input against the contract and runs the handler. Never rejects. An unknown request, a wrong field and an extra
 * one are invalid-input (params.request, params.field). A fault of ours is reported through onFault and answered as internal.
 */
export async function dispatch(
  handlers: Handlers,
  name: string,
  input: unknown,
  context: HandlerContext,
  onFault: (request: string, error: unknown) => void,
): Promise<Result<unknown>> {
  try {
    if (!isRequestName(name)) throw new AppError('invalid-input', { request: name.slice(0, 100) }, 'unknown request')
    const value = await call(handlers, name, input, context)
    return value === undefined ? ({ ok: true } as Result<unknown>) : { ok: true, value }
  } catch (error) {
    const wire = toWireError(error)
    if (wire.code === 'internal') onFault(name, error)
    return { ok: false, error: wire }
  }
}

async function call<N extends RequestName>(handlers: Handlers, name: N, input: unknown, context: HandlerContext): Promise<Output<N>> {
  const parsed = requests[name].input.safeParse(input)
  if (!parsed.success) {
    const issue = parsed.error.issues[0]
    throw new AppError('invalid-input', { request: name, field: issue?.path.join('.') ?? '' }, issue?.message ?? null)
  }
  const handler: Handlers[N] = handlers[name]
  return unlessGone(handler(parsed.data as Input<N>, context), context.caller.gone)
}

/** A page that is gone waits for nothing: its call ends here, while what the handler changes goes on to its end. */
function unlessGone<T>(work: Promise<T>, gone: AbortSignal): Promise<T> {
  return new Promise((resolve, reject) => {
    const leave = (): void => reject(new AppError('cancelled', {}))
    if (gone.aborted) leave()
    gone.addEventListener('abort', leave, { once: true })
    work.then(resolve, reject).finally(() => gone.removeEventListener('abort', leave))
  })
}
