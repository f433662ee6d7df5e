/** What the firmware tells the guest about its computer. https://libvirt.org/formatdomain.html#smbios-system-information */
import { children, element, ensureChild, insert, setAttr, setText, type XmlElement } from '../../xml/document.ts'

/** The computer's serial number; all else of it stays. */
export function patchSmbiosSerial(domain: XmlElement, serial: string): void {
  setAttr(ensureChild(ensureChild(domain, 'os'), 'smbios'), 'mode', 'sysinfo')
  const info = children(domain, 'sysinfo', { type: 'smbios' })[0] ?? added(domain)
  const system = ensureChild(info, 'system')
  const entry = children(system, 'entry', { name: 'serial' })[0]
  if (entry) setText(entry, serial)
  else insert(system, element('entry', { name: 'serial' }, serial))
}

function added(domain: XmlElement): XmlElement {
  const made = element('sysinfo', { type: 'smbios' })
  insert(domain, made, { after: ['os'] })
  return made
}
