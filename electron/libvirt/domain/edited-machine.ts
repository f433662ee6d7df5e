/** What has to be known of a machine before it is changed. */
import type { DomainConfig } from '../../../shared/model/domain.ts'
import type { Target } from '../target.ts'
import { textOf, virshRead } from '../virsh.ts'
import { attr, child, parseXml, text } from '../xml/document.ts'
import { readConfig } from './read.ts'

export interface EditedMachine {
  readonly name: string
  /** What runs now; null when off. */
  readonly live: DomainConfig | null
  /** What the next start uses; null for one that only runs. */
  readonly config: DomainConfig | null
  /** `--live`, `--config` or both, as the machine runs and is kept. */
  readonly reach: readonly string[]
}

/** Errors: not-found. */
export async function readState(target: Target, uuid: string): Promise<EditedMachine> {
  const [now, next, persistent] = await virshRead(target, [
    ['dumpxml', `--domain=${uuid}`],
    ['dumpxml', `--domain=${uuid}`, '--inactive'],
    ['list', '--all', '--uuid', '--persistent'],
  ])
  const domain = parseXml(textOf(now))
  const on = attr(domain, 'id') !== null
  // virsh prints the running one's document where there is no stored one
  const kept = textOf(persistent).includes(uuid)
  return {
    name: text(child(domain, 'name'), true),
    live: on ? readConfig(domain) : null,
    config: kept ? readConfig(parseXml(textOf(next))) : null,
    reach: [...(on ? ['--live'] : []), ...(kept ? ['--config'] : [])],
  }
}

/** `--live`, `--config` or both. Errors: not-found. */
export const reach = async (target: Target, uuid: string): Promise<readonly string[]> => (await readState(target, uuid)).reach
