/** The virsh commands that show what a page shows, to copy (S0.20). https://libvirt.org/manpages/virsh.html */
import { shellLine } from '../../../shared/lib/shell.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'

export type CopiedCommand = 'dominfo' | 'domstate' | 'dumpxml' | 'domblklist' | 'domiflist' | 'domifaddr'

/** In the order of the menu. */
export const copiedCommands: readonly CopiedCommand[] = [
  'dominfo',
  'domstate',
  'dumpxml',
  'domblklist',
  'domiflist',
  'domifaddr',
]

const looksLikeUuid = /^[0-9a-f]{8}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{4}-?[0-9a-f]{12}$/i

/** The name; the uuid where virsh would take the name for an id, another machine's uuid or an option, or a terminal would take it for keys. */
export function virshDomain(domain: Pick<DomainSummary, 'name' | 'uuid'>): string {
  const { name } = domain
  const unclear = /^\d+$/.test(name) || name.startsWith('-') || looksLikeUuid.test(name) || /\p{Cc}/u.test(name)
  return unclear ? domain.uuid : domain.name
}

/** `virsh -c URI dominfo NAME`, quoted for a shell. */
export function domainCommand(
  command: CopiedCommand,
  uri: string,
  domain: Pick<DomainSummary, 'name' | 'uuid'>,
): string {
  return shellLine(['virsh', '-c', uri, command, virshDomain(domain)])
}
