/** Lines to copy: the virsh command that shows what a page shows. https://libvirt.org/manpages/virsh.html */
import { shellLine } from '../../shared/lib/shell.ts'

const looksLikeUuid = /^[0-9a-f]{8}-?([0-9a-f]{4}-?){3}[0-9a-f]{12}$/i

/** The name; the uuid where virsh would take the name for an option or another's uuid, or a terminal would take it for keys. */
function clearName({ name, uuid }: { readonly name: string; readonly uuid: string }): string {
  return name.startsWith('-') || looksLikeUuid.test(name) || /\p{Cc}/u.test(name) ? uuid : name
}

/** `virsh -c URI net-dumpxml NAME`, quoted for a shell. */
export function virshLine(uri: string, command: string, object: { readonly name: string; readonly uuid: string }): string {
  return shellLine(['virsh', '-c', uri, command, clearName(object)])
}

/** virsh's lists, all of what they show. */
export type ListCommand = 'list' | 'net-list' | 'pool-list'

/** `virsh -c URI list --all`, a line for each connection. */
export function listLines(uris: readonly string[], command: ListCommand): string {
  return uris.map((uri) => shellLine(['virsh', '-c', uri, command, '--all'])).join('\n')
}
