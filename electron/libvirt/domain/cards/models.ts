/** Which network cards a machine's QEMU can have. */
import { run } from '../../../system/exec.ts'
import type { Target } from '../../target.ts'
import { connectionKind } from '../../uri.ts'
import { virshReadOne } from '../../virsh.ts'
import { childText, parseXml } from '../../xml/document.ts'

/** libvirt's names of the cards that are offered, and what QEMU calls them; the first one is what most systems know. */
const offered: readonly (readonly [model: string, device: string])[] = [
  ['virtio', 'virtio-net-pci'],
  ['e1000e', 'e1000e'],
  ['e1000', 'e1000'],
  ['igb', 'igb'],
  ['rtl8139', 'rtl8139'],
  ['vmxnet3', 'vmxnet3'],
  ['pcnet', 'pcnet'],
  ['ne2k_pci', 'ne2k_pci'],
]
/** What every QEMU for PCs has, where this one cannot be asked. */
const usual = ['virtio', 'e1000e', 'e1000', 'rtl8139']

/** A QEMU that only root can have put there: a machine's document may name any program, which nobody wants to run by looking at it. */
const fromPackages = /^\/usr\/(?:local\/)?(?:bin|libexec|lib\/qemu)\/(?:qemu|kvm)[\w.-]*$/

/** Asks the QEMU of this computer that runs the machine; elsewhere the usual ones. */
export async function cardModels(target: Target, uuid: string): Promise<readonly string[]> {
  const emulator = childText(parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`])), 'devices', 'emulator')
  if (emulator === null || !fromPackages.test(emulator) || !['session', 'system'].includes(connectionKind(target.uri))) return usual
  const answer = await run(emulator, ['-device', 'help'], { timeoutMs: 5_000 }).catch(() => null)
  const devices = new Set(readDevices(answer?.exitCode === 0 ? answer.stdout : ''))
  const found = offered.filter(([, device]) => devices.has(device)).map(([model]) => model)
  return found.length > 0 ? found : usual
}

/** Names of `qemu -device help`: `name "e1000e", bus PCI, desc …`. */
export function readDevices(text: string): string[] {
  return [...text.matchAll(/^name "([^"]+)"/gm)].map(([, name]) => name ?? '')
}
