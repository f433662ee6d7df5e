/**
 * The steps of a machine that is told something at its first start. It is defined as it will always be, and started once
 * from another document of the same UUID, which has the seed: `create` runs a defined machine with that document, and
 * libvirt goes on keeping the defined one. https://libvirt.org/html/libvirt-libvirt-domain.html#virDomainCreateXML
 */
import { join } from 'node:path'
import { AppError } from '../../shared/model/error.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'
import { firstStartOf } from '../../shared/model/plan-rules.ts'
import { checkFirstStart } from '../images/first-start/check.ts'
import { localSeed, seedName, writeRecord } from '../images/first-start/records.ts'
import { seedWork, type SeedPlace } from '../images/first-start/seed.ts'
import { createArguments } from '../libvirt/domain/define.ts'
import { buildScsiController } from '../libvirt/domain/devices/controller.ts'
import { buildDisk } from '../libvirt/domain/devices/disk.ts'
import { patchSmbiosSerial } from '../libvirt/domain/devices/smbios.ts'
import { attr, buildXml, child, children, cloneXml, ensureChild, insert, type XmlElement } from '../libvirt/xml/document.ts'
import type { CreationDependencies } from './dependencies.ts'
import type { Identity } from './identity.ts'
import { placeOf, refuseExisting } from './place.ts'
import { message, type Step } from './steps.ts'
import type { Surroundings } from './surroundings.ts'

export interface FirstStartSteps {
  /** Makes the seed. */
  readonly seed: Step
  /** The document that the machine is started from. */
  readonly xml: string
  /** The command that takes it, without its file. */
  readonly startArguments: readonly string[]
}

interface Context {
  readonly deps: CreationDependencies
  readonly plan: MachinePlan
  readonly around: Surroundings
  readonly identity: Identity
}

/** Null where it is told nothing. Errors: invalid-input (params.finding) for what cannot be told, not-found (params.pool). */
export async function firstStartSteps(context: Context, domain: XmlElement): Promise<FirstStartSteps | null> {
  const { plan, identity } = context
  const wanted = firstStartOf(plan)
  if (wanted === null) return null
  const wrong = checkFirstStart(wanted).find((remark) => remark.level === 'error')
  if (wrong) throw new AppError('invalid-input', { ...wrong.params, field: 'firstStart', finding: `first-start-${wrong.code}` })
  const place = await seedPlace(context)
  const seed: Step = {
    message: message('seed'),
    work: seedWork(place, wanted, { instanceId: identity.uuid, name: plan.name }),
    before: async () => {
      await refuseExisting(place.path)
      await writeRecord(place)
    },
    undo: [{ kind: 'remove-seed', place }],
    undoPartly: true,
    pool: place.pool,
  }
  return { seed, xml: `${buildXml(withSeed(domain, place.path))}\n`, startArguments: createArguments }
}

/** In a session a folder that this user alone enters; elsewhere where the machine's files are, for QEMU is another user there. */
async function seedPlace({ deps, plan, around, identity }: Context): Promise<SeedPlace> {
  const { uri } = deps.target
  const machine = identity.uuid
  if (around.kind === 'session') return { machine, uri, pool: null, path: localSeed(machine) }
  const { folder, pool } = await placeOf(plan, around)
  return { machine, uri, pool, path: join(folder, seedName(machine)) }
}

/** libvirt gives slots from the other end, and its fixed ones lie above. */
const FREE_SLOT = 0x10

/**
 * The machine with the seed in a drive of its own, and told by SMBIOS to look for one. Kernels made for clouds know no
 * SATA (Debian's genericcloud, Ubuntu's kvm), so that a machine of virtio has the drive there too. All other devices keep
 * their places: the card has the same name at the next start.
 */
export function withSeed(domain: XmlElement, path: string): XmlElement {
  const machine = cloneXml(domain)
  const devices = ensureChild(machine, 'devices')
  const bus = driveBus(machine, devices)
  const target = freeTarget(devices, bus === 'ide' ? 'hd' : 'sd')
  insert(devices, buildDisk({ device: 'cdrom', target, bus, path, format: 'raw', readOnly: true }), { after: ['disk'] })
  if (bus === 'scsi') insert(devices, buildScsiController(FREE_SLOT), { after: ['controller', 'disk'] })
  patchSmbiosSerial(machine, 'ds=nocloud')
  return machine
}

function driveBus(machine: XmlElement, devices: XmlElement): 'ide' | 'sata' | 'scsi' {
  if (attr(child(machine, 'os', 'type'), 'machine') === 'pc') return 'ide'
  return children(devices, 'disk').some((disk) => attr(child(disk, 'target'), 'bus') === 'virtio') ? 'scsi' : 'sata'
}

function freeTarget(devices: XmlElement, prefix: string): string {
  const taken = new Set(children(devices, 'disk').map((disk) => attr(child(disk, 'target'), 'dev')))
  return [...'abcdefgh'].map((letter) => `${prefix}${letter}`).find((name) => !taken.has(name)) ?? `${prefix}i`
}
