/** A machine's details that are edited, and what waits for its next start. */
import { mkdirSync, rmSync, writeFileSync, chownSync } from 'node:fs'
import { defineTiny, tinyDisk } from '../../test/e2e/support/tiny-machines.ts'
import { asUser } from '../../test/harness/index.ts'
import { forgetMachines, listed, machineAt, scene, session } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, field, type State, type Step } from './state.ts'

const alumna = asUser('alumna')
const name = 'aula-debian'
const folder = `${alumna.home}/Prácticas`
const virsh = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', session, ...args])

function file(path: string): string {
  mkdirSync(folder, { recursive: true })
  chownSync(folder, alumna.uid, alumna.uid)
  writeFileSync(`${folder}/${path}`, Buffer.alloc(2048))
  chownSync(`${folder}/${path}`, alumna.uid, alumna.uid)
  return `${folder}/${path}`
}

async function define(shown: Shown): Promise<string> {
  const cd = tinyDisk(file('debian-12.5.0-amd64-netinst.iso'), 'raw', 'cdrom')
  const devices = {
    disk: [tinyDisk(file('aula-debian.img'), 'raw'), cd],
    interface: { '@type': 'user', mac: { '@address': '52:54:00:c0:ff:ee' }, model: { '@type': 'virtio' } },
    sound: { '@model': 'ich9' },
  }
  const uuid = await defineTiny(alumna, name, 'Debian del aula', { devices, maxCpus: 2, boot: ['cdrom', 'hd'] })
  await listed(shown, shown.subject.connection, uuid)
  machineAt(shown, uuid, 'details')
  return uuid
}

const running = async (shown: Shown): Promise<void> => {
  await define(shown)
  await virsh('start', `--domain=${name}`)
}

/** Changed by another program while it runs. */
async function waiting(shown: Shown): Promise<void> {
  await running(shown)
  const machine = `--domain=${name}`
  await virsh('desc', machine, '--config', '--title', '--new-desc=Debian del aula 2')
  await virsh('setmaxmem', machine, '--size=96MiB', '--config')
  await virsh('setmem', machine, '--size=24MiB', '--config')
  await virsh('setvcpus', machine, '--count=2', '--config')
  await virsh('change-media', machine, '--path=sda', `--source=${file('una imagen con un nombre bastante largo, de la práctica 3.iso')}`, '--update', '--config')
  await virsh('domif-setlink', machine, '--interface=52:54:00:c0:ff:ee', '--state=down', '--config')
  await virsh('detach-disk', machine, '--target=vda', '--config')
}

async function forget(): Promise<void> {
  await forgetMachines(alumna, session, name)
  rmSync(folder, { recursive: true, force: true })
}

const count: Step = { click: css('header [class*=heading] button') }
const list: Step = { see: css('[role=dialog] li[data-field]') }
const shown = { address: scene, after: forget } as const
const more = { ...shown, seldom: true } as const

export const detailsStates = {
  'pending-marks': { ...more, before: waiting, steps: [{ see: css('main .mantine-Badge-root') }] },
  'pending-marks-end': { ...more, before: waiting, steps: [{ see: css('main .mantine-Badge-root') }, { hover: css('main section:nth-of-type(6)') }] },
  'pending-list': { ...shown, before: waiting, steps: [count, list] },
  'pending-refused': {
    ...more,
    before: waiting,
    steps: [count, list, { click: css('[role=dialog] li[data-field=memory] button:last-child') }, { see: css('[role=dialog] li [role=alert]'), within: 30_000 }],
  },
  'pending-restart': { ...more, before: waiting, steps: [count, list, { click: button((words) => words.machine.pending.restart) }, { see: css('[role=dialog] ~ *, [role=dialog]') }] },
  'memory-held': {
    ...more,
    before: async (shown) => {
      await define(shown)
      await virsh('setmem', `--domain=${name}`, '--size=24MiB', '--config')
      await virsh('start', `--domain=${name}`)
    },
    steps: [{ see: css('main [data-held]') }, { hover: css('main [data-held]') }],
  },
  'edit-sizes': { ...shown, before: running, steps: [{ click: button((words) => words.machine.edit.sizes) }, { see: css('[role=dialog] form [data-effect]') }] },
  'edit-sizes-off': {
    ...more,
    before: async (all) => void (await define(all)),
    steps: [
      { click: button((words) => words.machine.edit.sizes) },
      { fill: field((words) => words.machine.edit.memory), text: '900 GiB' },
      { click: css('[role=dialog] form p') },
      { see: css('[role=dialog] form p') },
    ],
  },
  'edit-boot': { seldom: true, ...shown, before: running, steps: [{ click: button((words) => words.machine.edit.boot) }, { see: css('[role=dialog] li[data-boot]') }] },
  'edit-boot-devices': {
    ...more,
    before: running,
    steps: [{ click: button((words) => words.machine.edit.boot) }, { click: button((words) => words.machine.edit.bootSingle) }, { see: css('[role=dialog] li[data-boot=vda]') }],
  },
  'edit-name': {
    ...more,
    before: async (all) => void (await define(all)),
    steps: [
      { click: button((words) => words.machine.edit.name) },
      { fill: field((words) => words.machine.overview.name), text: 'aula/debian' },
      { see: css('main dl [data-level=error]') },
    ],
    lasting: true,
  },
} as const satisfies Readonly<Record<string, State>>
