import type { TFunction } from 'i18next'
import { AppError, toWireError, type WireError } from '../../shared/model/error.ts'
import { anyKey } from './any-key.ts'
import { readable } from './message-text.ts'

/** The error of anything that was thrown or came over the contract. */
export function wireErrorOf(error: unknown): WireError {
  if (error instanceof AppError) return toWireError(error)
  if (typeof error === 'object' && error !== null && 'code' in error && 'remedies' in error) return error as WireError
  return toWireError(error)
}

/** A plan that was checked again and found wanting says what is wrong with it. */
const findingOf = ({ code, params }: WireError): string | null =>
  code === 'invalid-input' && typeof params['finding'] === 'string' ? params['finding'] : null

/** What happened, in one sentence. */
export function errorTitle(t: TFunction, error: WireError): string {
  const finding = findingOf(error)
  if (finding !== null) return t(anyKey(`findings:${finding}`), readable(error.params))
  return t(anyKey(`errors:${error.code}.title`), readable(error.params))
}

/** What to do, or an empty text where there is nothing to add. */
export function errorRemedy(t: TFunction, error: WireError): string {
  if (findingOf(error) !== null) return ''
  return t(anyKey(`errors:${error.code}.remedy`), { ...readable(error.params), defaultValue: '' })
}
