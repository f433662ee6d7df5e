import { readdir, readFile } from 'node:fs/promises'
import { basename, join, relative } from 'node:path'
import { run } from './run.ts'

/** What the guest can drive: disks, cards, keyboards and the rest that a libvirt machine may have. */
const wanted = [
  'virtio_pci', 'virtio_blk', 'virtio_net', 'virtio_scsi', 'virtio_balloon', 'virtio_console', 'virtio_rng',
  'virtio_input', 'ahci', 'ata_piix', 'sd_mod', 'sr_mod', 'cdrom', 'isofs', 'vfat', 'nls_cp437', 'nls_ascii',
  'nls_utf8', 'e1000', 'e1000e', '8139cp', '8139too', 'xhci_pci', 'ehci_pci', 'uhci_hcd', 'usbhid', 'hid_generic',
  'usb_storage', 'uas', 'button', 'evdev', 'af_packet', 'i6300esb', 'virtiofs', '9p', '9pnet_virtio',
  'crc32c_generic', 'crc32c_intel', 'usbkbd', 'qemu_fw_cfg',
] // prettier-ignore

export interface KernelModule {
  /** Path below lib/modules/<version>/. */
  path: string
  data: Buffer
}

const keyOf = (file: string): string =>
  basename(file)
    .replace(/\.ko(\.xz)?$/, '')
    .replaceAll('-', '_')

/** A module names those it needs in its own .modinfo section. */
const needsOf = (data: Buffer): string[] => {
  const at = data.indexOf('\0depends=')
  if (at < 0) return []
  const start = at + '\0depends='.length
  return data
    .toString('latin1', start, data.indexOf(0, start))
    .split(',')
    .filter((name) => name !== '')
    .map((name) => name.replaceAll('-', '_'))
}

/** The wanted modules with all that they need. What this kernel has built in, or lacks, is simply not there. */
export const collectModules = async (modulesFolder: string): Promise<KernelModule[]> => {
  const files = (await readdir(modulesFolder, { recursive: true })).filter((file) => /\.ko(\.xz)?$/.test(file))
  const byKey = new Map(files.map((file) => [keyOf(file), file]))
  const found = new Map<string, KernelModule>()
  const queue = wanted.filter((key) => byKey.has(key))
  for (let key = queue.pop(); key !== undefined; key = queue.pop()) {
    if (found.has(key)) continue
    const file = byKey.get(key)
    if (file === undefined) throw new Error(`The kernel package lacks the module ${key}.`)
    const full = join(modulesFolder, file)
    const data = file.endsWith('.xz') ? await run('xz', ['-dc', full]) : await readFile(full)
    found.set(key, { path: relative(modulesFolder, full).replace(/\.xz$/, ''), data })
    queue.push(...needsOf(data))
  }
  return [...found.values()]
}
