/** What a new machine's network card can be plugged into. */
import { sourceChoices, type SourceChoice } from '../../shared/model/card-rules.ts'
import { connectionKind } from '../libvirt/connection.ts'
import type { Target } from '../libvirt/target.ts'
import { networkHost } from './new-network.ts'
import type { Surroundings } from './surroundings.ts'

/** The same choices as a card's dialog has, with the host's bridges and devices read anew. */
export async function networkSources(target: Target, { networks }: Pick<Surroundings, 'networks'>): Promise<readonly SourceChoice[]> {
  return sourceChoices({ kind: connectionKind(target.uri), uri: target.uri }, networks, await networkHost(target, networks))
}
