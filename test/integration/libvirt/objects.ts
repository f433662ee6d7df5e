/** What the specs of this folder share: a target that keeps its lines, machines made by the app's own builders, hostile names. */
import { execFileSync } from 'node:child_process'
import { randomUUID } from 'node:crypto'
import { chmodSync, mkdtempSync } from 'node:fs'
import { join } from 'node:path'
import { buildDisk, type DiskSpec } from '../../../electron/libvirt/domain/devices/disk.ts'
import { buildGraphics } from '../../../electron/libvirt/domain/devices/graphics.ts'
import { buildInterface } from '../../../electron/libvirt/domain/devices/interface.ts'
import { buildSerial } from '../../../electron/libvirt/domain/devices/serial.ts'
import { buildDomain, type DomainSpec } from '../../../electron/libvirt/domain/index.ts'
import type { Target } from '../../../electron/libvirt/target.ts'
import type { CardSource } from '../../../shared/model/card.ts'
import { buildXml, element } from '../../../electron/libvirt/xml/document.ts'

export const URI = 'qemu:///system'

export interface LoggingTarget extends Target {
  readonly lines: string[]
  readonly errors: (string | null)[]
}

/** A target whose command log is kept. */
export function logging(uri = URI): LoggingTarget {
  const lines: string[] = []
  const errors: (string | null)[] = []
  return {
    uri,
    connection: 'lab',
    lines,
    errors,
    log: (entry) => {
      lines.push(entry.line)
      errors.push(entry.error)
    },
  }
}

/** virsh itself, past the app. */
export function virsh(...args: string[]): string {
  return execFileSync('virsh', ['-q', '-c', URI, ...args], { encoding: 'utf8', env: { ...process.env, LC_ALL: 'C.UTF-8' } })
}

/** A folder of the test's own that QEMU's user can enter. Whoever asks removes it. */
export function folder(name: string): string {
  const path = mkdtempSync(join('/tmp', `${name}-`))
  chmodSync(path, 0o755)
  return path
}

export interface MachineParts {
  readonly disks?: readonly DiskSpec[]
  readonly network?: CardSource
  readonly change?: Partial<DomainSpec>
}

/** The document of a machine of 32 MiB under software emulation, whose firmware finds nothing to start; made by the app's builders. */
export function machine(name: string, { disks = [], network: source, change = {} }: MachineParts = {}): string {
  const card = source && buildInterface({ source, model: 'virtio', mac: '52:54:00:00:00:77' })
  return buildXml(
    buildDomain({
      uuid: randomUUID(),
      name,
      title: null,
      virtType: 'qemu',
      memoryKiB: 32 * 1024,
      vcpus: 1,
      os: { arch: 'x86_64', machine: 'q35', firmware: 'bios', boot: ['hd'] },
      cpu: 'maximum',
      osId: null,
      createdFiles: [],
      devices: [...disks.map(buildDisk), ...(card ? [card] : []), ...buildSerial(), buildGraphics({ type: 'vnc', listen: 'socket' })],
      ...change,
    }),
  )
}

/** The document of a network without addresses, whose bridge libvirt names. */
export const network = (name: string): string => buildXml(element('network', {}, element('name', {}, name)))

export const lines = (output: string): string[] => output.split('\n').filter((line) => line !== '')

/** Names that libvirt takes and that somebody gives one day. */
export const hostileNames: readonly string[] = [
  'dos palabras', ' before', 'behind ', 'tab\there', "it's", '"quoted"', 'back\\slash', 'tab\\x09', 'ñandú €', '🐧', '-dash', '--help', '--domain=x',
  '; reboot', '$(touch x)`y`', '&<>', '%s', '*', '#x', '~', 'a,b=c', '123', '.hidden', '...', '!!', 'á'.repeat(100),
] // prettier-ignore

/** The same in few, for what takes its time with each. */
export const worstNames: readonly string[] = ['--help', '123', '.hidden', ` it's "a" & <b>; $(c) \`d\` \\x09,e=%s `, 'ñandú\t🐧#*~!', 'á'.repeat(100)]
