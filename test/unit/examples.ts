/** Objects of the model as the host would send them, for unit tests that need one and care about a field or two. */
import type { Connection, HostCapabilities } from '../../shared/model/connection.ts'
import type { DomainConfig, DomainDetails, DomainDisk, DomainInterface, DomainSummary } from '../../shared/model/domain.ts'
import type { Job } from '../../shared/model/job.ts'
import type { MediaInspection, SystemEntry } from '../../shared/model/media.ts'
import type { Network } from '../../shared/model/network.ts'
import type { MachinePlan, PlanProposal } from '../../shared/model/plan.ts'
import type { Pool } from '../../shared/model/storage.ts'

const GiB = 1024 ** 3

/** A UUID that ends with this number. */
export const exampleUuid = (number: number): string => `00000000-0000-4000-8000-${String(number).padStart(12, '0')}`

/** A machine that is off, without card, display or serial port. */
export const exampleDomain = (more: Partial<DomainSummary> & Pick<DomainSummary, 'uuid' | 'name'>): DomainSummary => ({
  connection: 'c1',
  complete: true,
  title: null,
  id: null,
  state: 'shutoff',
  reason: null,
  saved: false,
  vcpus: 1,
  memoryKiB: 1024,
  autostart: false,
  persistent: true,
  osId: null,
  addresses: [],
  displays: [],
  hasSerial: false,
  networks: [],
  cards: [],
  ...more,
})

/** A virtio disk of a qcow2 file. */
export const exampleDisk = (more: Partial<DomainDisk> = {}): DomainDisk => ({
  device: 'disk',
  target: 'vda',
  bus: 'virtio',
  sourceType: 'file',
  path: '/images/one.qcow2',
  sourceName: null,
  format: 'qcow2',
  readOnly: false,
  cache: null,
  discard: 'unmap',
  ...more,
})

/** A virtio card in user mode. */
export const exampleInterface = (more: Partial<DomainInterface> = {}): DomainInterface => ({
  type: 'user',
  source: null,
  model: 'virtio',
  mac: '52:54:00:00:00:01',
  linkUp: true,
  ...more,
})

/** A small q35 machine with a disk and a card. */
export const exampleConfig = (more: Partial<DomainConfig> = {}): DomainConfig => ({
  title: null,
  description: null,
  virtType: 'qemu',
  arch: 'x86_64',
  machineType: 'pc-q35-7.2',
  firmware: 'bios',
  maxMemoryKiB: 1024,
  memoryKiB: 1024,
  maxVcpus: 1,
  vcpus: 1,
  cpu: { mode: 'maximum', model: null, topology: null },
  boot: [{ kind: 'disk', target: null }],
  disks: [exampleDisk()],
  interfaces: [exampleInterface()],
  graphics: [],
  videos: [],
  serials: [],
  others: [],
  createdFiles: [],
  login: null,
  settings: {},
  ...more,
})

/** A machine with everything that its page shows; off, nothing pending. */
export const exampleDetails = (more: Partial<DomainDetails> & Pick<DomainDetails, 'uuid' | 'name'>): DomainDetails => ({
  ...exampleDomain(more),
  live: null,
  config: exampleConfig(),
  snapshots: 0,
  pending: [],
  ...more,
})

/** A host with KVM, 8 GiB and four processors. */
export const exampleCapabilities = (more: Partial<HostCapabilities> = {}): HostCapabilities => ({
  memoryKiB: 8 * 1024 ** 2,
  freeMemoryKiB: 4 * 1024 ** 2,
  cpus: 4,
  arch: 'x86_64',
  kvm: true,
  kvmReason: null,
  machineTypes: ['q35', 'pc'],
  uefi: true,
  ...more,
})

/** A connection to the test driver that stands. */
export const exampleConnection = (id: string, more: Partial<Connection> = {}): Connection => ({
  id,
  uri: `test:///${id}`,
  name: null,
  kind: 'test',
  state: 'connected',
  error: null,
  retryInSeconds: null,
  autoconnect: true,
  needs: null,
  removable: true,
  environmentDefault: false,
  note: null,
  versions: null,
  capabilities: null,
  ...more,
})

/** The usual NAT network, switched on. */
export const exampleNetwork = (more: Partial<Network> = {}): Network => ({
  connection: 'c1',
  uuid: exampleUuid(100),
  name: 'default',
  active: true,
  autostart: true,
  persistent: true,
  kind: 'nat',
  bridge: 'virbr0',
  domain: null,
  forwardDevice: null,
  addresses: [
    { family: 'ipv4', address: '192.168.122.1', prefix: 24, ranges: [{ start: '192.168.122.2', end: '192.168.122.254' }], hosts: [] },
  ],
  mtu: null,
  dns: true,
  dnsRecords: [],
  extras: [],
  pending: [],
  next: null,
  ...more,
})

/** The usual folder of images, switched on, with 50 GiB free. */
export const examplePool = (more: Partial<Pool> = {}): Pool => ({
  connection: 'c1',
  uuid: exampleUuid(200),
  name: 'default',
  type: 'dir',
  active: true,
  autostart: true,
  persistent: true,
  path: '/images',
  capacityBytes: 100 * GiB,
  allocationBytes: 50 * GiB,
  availableBytes: 50 * GiB,
  ...more,
})

/** A job that runs and cannot say how far it is. */
export const exampleJob = (id: string, more: Partial<Job> = {}): Job => ({
  id,
  kind: 'save',
  connection: 'c1',
  title: { key: 'jobs:kind.save', params: { name: 'one' } },
  state: 'running',
  progress: null,
  step: null,
  cancellable: true,
  error: null,
  result: null,
  startedAt: '2026-11-21T10:00:00.000Z',
  endedAt: null,
  log: [],
  ...more,
})

/** Debian 11, which the database of Debian 12 knows. */
export const exampleSystem: SystemEntry = {
  id: 'http://debian.org/debian/11',
  shortId: 'debian11',
  name: 'Debian 11',
  vendor: 'Debian Project',
  family: 'linux',
  released: '2021-08-14',
  endOfLife: false,
}

/** A qcow2 image of 2 GiB in the downloads that nothing uses. */
export const exampleImage = (more: Partial<MediaInspection> = {}): MediaInspection => ({
  path: '/downloads/image.qcow2',
  kind: 'disk',
  origin: 'downloads',
  pool: null,
  sizeBytes: 300_000_000,
  modifiedAt: 1_700_000_000,
  system: null,
  usedBy: [],
  format: 'qcow2',
  virtualSizeBytes: 2 * GiB,
  backingPath: null,
  bootable: null,
  live: null,
  ...more,
})

/** An ISO in the downloads that a machine can start from. */
export const exampleIso = (more: Partial<MediaInspection> = {}): MediaInspection => ({
  ...exampleImage({ path: '/downloads/debian-12.iso', kind: 'iso', format: 'iso', virtualSizeBytes: null, bootable: true, live: false }),
  ...more,
})

/** A machine from an ISO on the usual pool and network. */
export const examplePlan = (more: Partial<MachinePlan> = {}): MachinePlan => ({
  connection: 'c1',
  mediaPath: '/downloads/debian-12.iso',
  mediaKind: 'iso',
  osId: exampleSystem.id,
  title: 'Debian 11',
  name: 'debian11',
  memoryKiB: 2 * 1024 ** 2,
  vcpus: 2,
  diskBytes: 20 * GiB,
  imageUse: null,
  target: { kind: 'pool', pool: 'default' },
  createDefaultPool: false,
  network: { kind: 'network', name: 'default' },
  acceleration: 'auto',
  firmware: 'bios',
  openConsole: true,
  firstStart: null,
  ...more,
})

/** The proposal of that plan. */
export const exampleProposal = (more: Partial<PlanProposal> = {}): PlanProposal => ({
  plan: examplePlan(),
  media: exampleIso(),
  system: exampleSystem,
  limits: {
    memoryKiB: { min: 32_768, max: 8 * 1024 ** 2, recommended: 2 * 1024 ** 2 },
    vcpus: { min: 1, max: 4, recommended: 2 },
    diskBytes: { min: GiB, max: 256 * GiB, recommended: 20 * GiB },
  },
  pools: [{ name: 'default', path: '/images', availableBytes: 50 * GiB, active: true }],
  defaultPoolPath: '/images',
  sources: [
    { type: 'network', obstacle: null, entries: [{ name: 'default', obstacle: null, note: null, kind: 'nat' }] },
    { type: 'user', obstacle: null, entries: [] },
  ],
  kvm: true,
  kvmReason: null,
  uefi: true,
  freeMemoryKiB: 4 * 1024 ** 2,
  findings: [],
  ...more,
})
