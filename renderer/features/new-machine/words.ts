import type { TFunction } from 'i18next'
import type { Message } from '../../../shared/model/job.ts'
import type { MediaFile } from '../../../shared/model/media.ts'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import { anyKey } from '../../ui/any-key.ts'
import { formatBytes, formatKiB } from '../../ui/format.ts'
import { fileName } from './sources.ts'

/** Parameters whose names end in "Bytes" or "KiB" are sizes, written as such. */
function readable(params: Message['params']): Record<string, string | number> {
  const text = (key: string, value: string | number): string | number => {
    if (typeof value !== 'number') return value
    if (/bytes$/i.test(key)) return formatBytes(value)
    return /kib$/i.test(key) ? formatKiB(value) : value
  }
  return Object.fromEntries(Object.entries(params).map(([key, value]) => [key, text(key, value)]))
}

/** A sentence that came as data; its key is one of the catalogue's, which the host's tests hold. */
export function messageText(t: TFunction, message: Message): string {
  return t(anyKey(message.key), readable(message.params))
}

export function findingText(t: TFunction, finding: PlanFinding): string {
  return messageText(t, { key: `findings:${finding.code}`, params: finding.params })
}

/** What a medium is called: the system on it, else its file. */
export function mediaTitle(media: Pick<MediaFile, 'system' | 'path'>): string {
  return media.system?.name ?? fileName(media.path)
}
