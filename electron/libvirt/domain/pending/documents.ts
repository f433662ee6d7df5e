/** Both documents of a machine that runs and is kept. */
import { AppError } from '../../../../shared/model/error.ts'
import type { PendingChange } from '../../../../shared/model/pending.ts'
import type { Target } from '../../target.ts'
import { textOf, virshRead } from '../../virsh.ts'
import { attr, parseXml, type XmlElement } from '../../xml/document.ts'
import { readConfig } from '../read.ts'
import { pendingChanges } from './changes.ts'

export interface TwoDocuments {
  readonly live: XmlElement
  readonly next: XmlElement
  readonly changes: readonly PendingChange[]
}

/** With their secrets, which go nowhere but into the stored document. Errors: not-found, not-active, not-persistent. */
export async function twoDocuments(target: Target, uuid: string): Promise<TwoDocuments> {
  const [now, stored, persistent] = await virshRead(target, [
    ['dumpxml', `--domain=${uuid}`, '--security-info'],
    ['dumpxml', `--domain=${uuid}`, '--inactive', '--security-info'],
    ['list', '--all', '--uuid', '--persistent'],
  ])
  const live = parseXml(textOf(now))
  if (attr(live, 'id') === null) throw new AppError('not-active', { uuid })
  if (!textOf(persistent).includes(uuid)) throw new AppError('not-persistent', { uuid })
  const next = parseXml(textOf(stored))
  return { live, next, changes: pendingChanges({ uuid, live: readConfig(live), config: readConfig(next) }) }
}
