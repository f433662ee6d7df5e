/** What changes on a running network at once. https://libvirt.org/manpages/virsh.html#net-update */
import type { Target } from '../target.ts'
import { documentLine, virshWriteDocument } from '../virsh.ts'
import { attr, buildXml, element as newElement, type XmlElement } from '../xml/document.ts'

export type UpdateSection = 'ip-dhcp-range' | 'ip-dhcp-host' | 'dns-host'

export interface NetworkUpdate {
  readonly command: 'add-last' | 'delete'
  readonly section: UpdateSection
  /** Which of the network's `<ip>` it belongs to; null for DNS. */
  readonly parent: number | null
  readonly element: XmlElement
}

/** Changes the running network and its stored document. Errors: network-missing, and what libvirt refuses. */
export async function networkUpdate(target: Target, uuid: string, update: NetworkUpdate): Promise<void> {
  await virshWriteDocument(target, updateWords(uuid, update), updateDocument(update), { documentOption: 'xml' })
}

/** The line that networkUpdate would note. */
export const updateLine = (target: Target, uuid: string, update: NetworkUpdate): string => documentLine(target, updateWords(uuid, update), updateDocument(update))

function updateWords(uuid: string, { command, section, parent }: NetworkUpdate): string[] {
  const place = parent === null ? [] : [`--parent-index=${parent}`]
  return ['net-update', `--network=${uuid}`, `--command=${command}`, `--section=${section}`, ...place, '--live', '--config']
}

const updateDocument = ({ command, section, element }: NetworkUpdate): string => buildXml(command === 'delete' ? named(section, element) : element)

/** libvirt takes each name of a DNS record for a reason to delete one: only its address tells them apart. */
function named(section: UpdateSection, element: XmlElement): XmlElement {
  return section === 'dns-host' ? newElement('host', { ip: attr(element, 'ip') }) : element
}

/** What takes an update back. */
export const inverse = (update: NetworkUpdate): NetworkUpdate => ({ ...update, command: update.command === 'delete' ? 'add-last' : 'delete' })
