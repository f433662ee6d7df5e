/** What the firmware tells the guest about its computer. https://libvirt.org/formatdomain.html#smbios-system-information */
import { children, element, ensureChild, insert, setAttr, setText, type XmlElement } from '../../xml/document.ts'

/** The computer's serial number; all else of it stays. */
export function patchSmbiosSerial(domain: XmlElement, serial: string): void {
  setAttr(ensureChild(ensureChild(domain, 'os'), 'smbios'), 'mode', 'sysinfo')
  const made = element('entry', { name: 'serial' }, serial)
  const info = children(domain, 'sysinfo', { type: 'smbios' })[0]
  if (!info) {
    insert(domain, element('sysinfo', { type: 'smbios' }, element('system', {}, made)), { after: ['os'] })
    return
  }
  const system = ensureChild(info, 'system')
  const entry = children(system, 'entry', { name: 'serial' })[0]
  if (entry) setText(entry, serial)
  else insert(system, made)
}
