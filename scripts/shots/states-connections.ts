/** Connections that fail, come back, are many, hold nothing or hold much. */
import { paths } from '../../renderer/app/paths.ts'
import { dialogAddress } from '../../renderer/app/registry.ts'
import { asUser } from '../../test/harness/index.ts'
import { addTestConnection, defineNetwork, forgetNetwork, killDaemon, playAt, removeTestConnections, reviveDaemon, scene, system } from './scenes.ts'
import type { Shown } from './shown.ts'
import { button, css, type State } from './state.ts'
import { manyMachines } from './many-machines.ts'

const alumna = asUser('alumna')

const putBack = (shown: Shown): Promise<void> => removeTestConnections(shown, alumna)

async function emptyConnection(shown: Shown): Promise<string> {
  return addTestConnection(shown, 'Aula vacía', alumna, '')
}

async function crowd(shown: Shown): Promise<void> {
  playAt(paths.machines(await addTestConnection(shown, 'Centro de cálculo', alumna, manyMachines(200))))
}

/** Asks for QEMU/KVM as somebody who may not use it. */
async function askInVain({ host, subject }: Shown): Promise<void> {
  await host.call('connection.connect', { connection: subject.networks }).catch(() => undefined)
}

export const connectionStates = {
  'connection-refused': {
    seldom: true,
    address: (s) => paths.machines(s.networks),
    before: askInVain,
    after: ({ host, subject }) => host.call('connection.disconnect', { connection: subject.networks }).then(() => undefined),
    steps: [{ see: css('main [role=alert]') }],
    fresh: true,
  },
  reconnecting: {
    address: (s) => paths.machines(s.networks),
    before: killDaemon,
    after: reviveDaemon,
    steps: [{ see: css('section[data-state=reconnecting]') }],
    busy: true,
    seldom: true,
  },
  'connection-empty': {
    address: scene,
    before: async (shown) => playAt(paths.machines(await emptyConnection(shown))),
    after: putBack,
    steps: [],
    seldom: true,
  },
  'connection-no-networks': {
    address: scene,
    before: async (shown) => playAt(paths.networks(await emptyConnection(shown))),
    after: putBack,
    steps: [],
    seldom: true,
  },
  'connection-no-pools': {
    address: scene,
    before: async (shown) => playAt(paths.storage(await emptyConnection(shown))),
    after: putBack,
    steps: [],
    seldom: true,
  },
  'connections-many': {
    address: () => paths.allMachines(),
    before: async (shown) => {
      for (let number = 1; number <= 14; number += 1) await addTestConnection(shown, `Aula ${String(number)}`, alumna, manyMachines(2))
    },
    after: putBack,
    steps: [],
    seldom: true,
  },
  'machines-many': { address: scene, before: crowd, after: putBack, steps: [{ see: css('table tbody tr:nth-of-type(8)') }], seldom: true },
  'all-machines-many': {
    address: () => paths.allMachines(),
    before: crowd,
    after: putBack,
    steps: [{ see: css('table tbody tr:nth-of-type(8)') }],
    seldom: true,
  },
  'network-off': {
    address: scene,
    before: async ({ subject }) =>
      playAt(paths.network(subject.networks, await defineNetwork('red-apagada', "<forward mode='nat'/><ip address='192.168.130.1' netmask='255.255.255.0'/>"))),
    after: () => forgetNetwork('red-apagada'),
    steps: [{ see: button((words) => words.networks.start) }],
    seldom: true,
  },
  'network-unusable': {
    address: scene,
    before: async ({ subject }) => playAt(paths.network(subject.networks, await defineNetwork('red\tde prácticas', ''))),
    after: () => forgetNetwork('red\tde prácticas'),
    steps: [{ see: css('main [role=note]') }],
    seldom: true,
  },
  'network-choice': {
    address: (s) => dialogAddress('new-machine', { ...s, connection: s.networks }),
    before: async () => void (await defineNetwork('red\tde prácticas', '')),
    after: () => forgetNetwork('red\tde prácticas'),
    steps: [
      { click: css('[data-path$=".iso"]') },
      { see: button((words) => words['new-machine'].create) },
      { choose: (words) => words['new-machine'].review.network },
      { see: css('[role=option][data-combobox-disabled]') },
    ],
    seldom: true,
  },
  'pool-off': {
    address: scene,
    before: async ({ subject, host }) => {
      const pool = (await host.call('pool.list', { connection: subject.networks }))[0]
      await asUser('root').virsh(['-c', system, 'pool-destroy', `--pool=${pool?.uuid ?? ''}`])
      playAt(paths.pool(subject.networks, pool?.uuid ?? ''))
    },
    after: () => asUser('root').virsh(['-c', system, 'pool-start', '--pool=default']).then(() => undefined),
    steps: [],
    seldom: true,
  },
} as const satisfies Readonly<Record<string, State>>
