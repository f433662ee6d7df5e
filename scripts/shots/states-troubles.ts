/** Machines that do not start, are stopped by their disk, crash, or whose log belongs to root. */
import { chmodSync, chownSync, mkdirSync, readFileSync, rmSync, truncateSync, writeFileSync } from 'node:fs'
import { execFileSync } from 'node:child_process'
import { dirname } from 'node:path'
import { dialogAddress } from '../../renderer/app/registry.ts'
import { paths } from '../../renderer/app/paths.ts'
import { panickingSector, writingSector } from '../../test/e2e/support/boot-sector.ts'
import { defineTiny, tinyDisk } from '../../test/e2e/support/tiny-machines.ts'
import { asUser, defineGuest, until } from '../../test/harness/index.ts'
import { forgetMachines, listed, machineAt, playAt, scene, session, system } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, type State, type Step } from './state.ts'

const alumna = asUser('alumna')
const root = asUser('root')
const name = 'servidor-web'
const title = 'Servidor web'
const folder = `${alumna.home}/Máquinas virtuales`
const small = '/tmp/disco-pequeño'

type Parts = NonNullable<Parameters<typeof defineTiny>[3]>

async function define(shown: Shown, parts: Parts): Promise<string> {
  const uuid = await defineTiny(alumna, name, title, parts)
  await listed(shown, shown.subject.connection, uuid)
  machineAt(shown, uuid, 'console')
  return uuid
}

function disk(path: string, bootSector: Buffer = Buffer.alloc(512)): string {
  mkdirSync(dirname(path), { recursive: true })
  chownSync(dirname(path), alumna.uid, alumna.uid)
  writeFileSync(path, bootSector)
  truncateSync(path, 64 * 1024 ** 2)
  chownSync(path, alumna.uid, alumna.uid)
  return path
}

async function forget(): Promise<void> {
  await forgetMachines(alumna, session, name)
  rmSync(`${alumna.home}/Máquinas virtuales`, { recursive: true, force: true })
}

/** Waits until the app shows that state of the machine's. */
async function inState({ host, subject }: Shown, uuid: string, wanted: string): Promise<void> {
  await until(`state ${wanted}`, 40_000, async () => {
    const found = (await host.call('domain.list', { connection: subject.connection })).find((one) => one.uuid === uuid)
    return found?.state === wanted ? true : undefined
  })
}

async function ofRoot(shown: Shown): Promise<void> {
  const path = disk(`${folder}/servidor web.qcow2`)
  chownSync(path, 0, 0)
  chmodSync(path, 0o600)
  await define(shown, { devices: { disk: tinyDisk(path, 'qcow2') } })
}

async function withLostCd(shown: Shown): Promise<void> {
  await define(shown, { devices: { disk: tinyDisk(`${folder}/debian-12.iso`, 'raw', 'cdrom') } })
}

async function closedToItsUser(shown: Shown): Promise<void> {
  const path = disk(`${folder}/servidor web.img`)
  chmodSync(path, 0)
  await define(shown, { devices: { disk: tinyDisk(path, 'raw') } })
}

async function full(shown: Shown): Promise<void> {
  mkdirSync(small, { recursive: true })
  execFileSync('mount', ['-t', 'tmpfs', '-o', `size=8m,mode=0755,uid=${String(alumna.uid)}`, 'small', small])
  const path = disk(`${small}/servidor-web.img`, writingSector())
  const uuid = await define(shown, { devices: { disk: tinyDisk(path, 'raw') } })
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await inState(shown, uuid, 'paused')
}

async function killed(shown: Shown): Promise<void> {
  const uuid = await define(shown, {})
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  process.kill(Number(readFileSync(`/run/user/${String(alumna.uid)}/libvirt/qemu/run/${name}.pid`, 'utf8')), 'SIGKILL')
  await inState(shown, uuid, 'shutoff')
}

/** Its firmware does not listen to the power button. */
async function deaf(shown: Shown): Promise<void> {
  const uuid = await define(shown, {})
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await inState(shown, uuid, 'running')
}

/** Its firmware does not let go of the card. */
async function withCard(shown: Shown): Promise<void> {
  const uuid = await define(shown, { devices: { interface: { '@type': 'user', model: { '@type': 'virtio' } } } })
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await inState(shown, uuid, 'running')
  machineAt(shown, uuid, 'details')
}

async function panicked(shown: Shown): Promise<void> {
  const path = disk(`${folder}/servidor web.img`, panickingSector())
  const devices = { disk: tinyDisk(path, 'raw'), panic: { '@model': 'isa' } }
  const uuid = await define(shown, { devices, onCrash: 'preserve' })
  await alumna.virsh(['-c', session, 'start', `--domain=${name}`])
  await inState(shown, uuid, 'crashed')
}

async function onStoppedNetwork(shown: Shown): Promise<void> {
  const { networks } = shown.subject
  const uuid = await defineGuest(root, { name, title, connection: system, network: 'default' })
  await root.virsh(['-c', system, 'net-destroy', '--network=default'])
  await listed(shown, networks, uuid)
  playAt(paths.machine(networks, uuid, 'console'))
}

async function networkAgain(): Promise<void> {
  await forgetMachines(root, system, name)
  await root.virsh(['-c', system, 'net-start', '--network=default'])
}

async function logOfRoot(shown: Shown): Promise<void> {
  const { networks } = shown.subject
  const uuid = await defineGuest(root, { name, title, connection: system, network: null })
  await root.virsh(['-c', system, 'start', `--domain=${name}`])
  await listed(shown, networks, uuid)
  playAt(dialogAddress('machine-log', { ...shown.subject, connection: networks, machine: uuid }))
}

const start: Step = { click: button((words) => words.machines.action.start) }
const failure: Step = { see: css('.mantine-Notification-root[role=alert]') }
const trouble: Step = { see: css('main [role=alert]') }

export const troubleStates = {
  'start-not-owner': { address: scene, before: ofRoot, after: forget, steps: [start, failure], lasting: true, seldom: true },
  'start-closed': { address: scene, before: closedToItsUser, after: forget, steps: [start, failure], lasting: true, seldom: true },
  'start-no-cd': { address: scene, before: withLostCd, after: forget, steps: [start, failure], lasting: true, seldom: true },
  'start-broken': {
    address: scene,
    before: async (shown) => void (await define(shown, { arguments: ['-vivero-no-such-option'] })),
    after: forget,
    steps: [start, failure, trouble],
    lasting: true,
    seldom: true,
  },
  'start-network-off': { address: scene, before: onStoppedNetwork, after: networkAgain, steps: [start, failure], lasting: true, seldom: true },
  'machine-full': {
    address: scene,
    before: full,
    after: async () => {
      await forget()
      execFileSync('umount', [small])
    },
    steps: [trouble],
    seldom: true,
  },
  'machine-killed': { address: scene, before: killed, after: forget, steps: [trouble], seldom: true },
  'machine-panicked': { address: scene, before: panicked, after: forget, steps: [trouble], seldom: true },
  'guest-deaf': {
    address: scene,
    before: deaf,
    after: forget,
    steps: [{ click: css(`header button[aria-label$=": ${title}"]`) }, { see: css('.mantine-Notification-root'), within: 60_000 }],
    lasting: true,
    seldom: true,
  },
  'card-kept': {
    address: scene,
    before: withCard,
    after: forget,
    steps: [
      { click: css(':nth-match(li[data-mac] button:has-text("…"), 2)') },
      { click: button((words) => words.cards.removeDo) },
      { see: css('[role=dialog] [role=alert]'), within: 30_000 },
    ],
    seldom: true,
  },
  'log-of-root': {
    address: scene,
    before: logOfRoot,
    after: () => forgetMachines(root, system, name),
    steps: [{ see: css('[role=dialog] code') }],
    seldom: true,
  },
} as const satisfies Readonly<Record<string, State>>
