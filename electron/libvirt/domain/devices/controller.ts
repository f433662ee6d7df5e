/** Controllers that devices hang on. https://libvirt.org/formatdomain.html#controllers */
import { element, type XmlElement } from '../../xml/document.ts'

/** USB 3 with as many ports as virt-install gives. */
export function buildUsbController(): XmlElement {
  return element('controller', { type: 'usb', model: 'qemu-xhci', ports: 15 })
}

/** A q35 machine takes devices while it runs only into root ports that are there when it starts. */
export function buildRootPorts(count: number): readonly XmlElement[] {
  const ports = Array.from({ length: count }, () => element('controller', { type: 'pci', model: 'pcie-root-port' }))
  return [element('controller', { type: 'pci', model: 'pcie-root' }), ...ports]
}

/** virtio's SCSI, at a slot of the first bus that nothing else gets by itself: whatever else there is stays where it is. */
export function buildScsiController(slot: number): XmlElement {
  const address = element('address', { type: 'pci', domain: '0x0000', bus: '0x00', slot: `0x${slot.toString(16)}`, function: '0x0' })
  return element('controller', { type: 'scsi', index: 0, model: 'virtio-scsi' }, address)
}

/** USB 2 with the slower ports beside it, for systems that know no USB 3. */
export function buildUsb2Controllers(): readonly XmlElement[] {
  const companion = (model: string, port: number): XmlElement =>
    element('controller', { type: 'usb', index: 0, model }, element('master', { startport: port }))
  return [
    element('controller', { type: 'usb', index: 0, model: 'ich9-ehci1' }),
    companion('ich9-uhci1', 0),
    companion('ich9-uhci2', 2),
    companion('ich9-uhci3', 4),
  ]
}
