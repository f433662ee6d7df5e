/** What a network card can be plugged into, in words. */
import type { TFunction } from 'i18next'
import type { SourceEntry, SourceObstacle } from '../../../shared/model/card-rules.ts'
import { messageText } from '../../ui/message-text.ts'

/** Why it cannot be chosen. */
export function obstacleText(t: TFunction, { code, params }: SourceObstacle): string {
  return messageText(t, { key: `cards:source.why.${code}`, params })
}

/** `named`, with what to know of the entry behind it: off, wireless. Nothing of one that cannot be chosen. */
export function entryText(t: TFunction, named: string, { note, obstacle }: SourceEntry): string {
  if (obstacle !== null) return named
  const noted = note === 'starts' ? t('cards:source.startsShort') : note === 'wireless' ? t('cards:source.wireless') : note === 'down' ? t('cards:source.down') : null
  return noted === null ? named : `${named} (${noted})`
}
