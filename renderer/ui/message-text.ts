/** Sentences that came as data; their keys are the catalogue's, which the host's tests hold. */
import type { TFunction } from 'i18next'
import { anyKey } from './any-key.ts'
import { formatBytes, formatKiB } from './format.ts'

export type MessageParams = Readonly<Record<string, string | number>>

/** Parameters whose names end in "Bytes" or "KiB" are sizes, written as such. */
export function readable(params: MessageParams): Record<string, string | number> {
  const text = (key: string, value: string | number): string | number => {
    if (typeof value !== 'number') return value
    if (/bytes$/i.test(key)) return formatBytes(value)
    return /kib$/i.test(key) ? formatKiB(value) : value
  }
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, text(key, value)]))
}

export function messageText(t: TFunction, { key, params }: { readonly key: string; readonly params: MessageParams }): string {
  return t(anyKey(key), readable(params))
}

/** A remark of the host, or of a rule that both sides have. */
export function findingText(t: TFunction, { code, params }: { readonly code: string; readonly params: MessageParams }): string {
  return messageText(t, { key: `findings:${code}`, params })
}
