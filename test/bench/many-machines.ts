import { writeFileSync } from 'node:fs'
import { XMLBuilder } from 'fast-xml-parser'
import { hostClient, type HostClient } from '../../scripts/shots/host-client.ts'
import { startApp, type User } from '../harness/index.ts'
import { measure, row, timed } from './measure.ts'

const session = 'qemu:///session'

/** A machine as Vivero makes them, with what a list reads: title, system, disk, card. */
function machine(index: number): string {
  const name = `machine-${String(index).padStart(4, '0')}`
  const builder = new XMLBuilder({ ignoreAttributes: false, attributeNamePrefix: '@', suppressEmptyNode: true })
  const disk = { '@type': 'file', '@device': 'disk', driver: { '@name': 'qemu', '@type': 'qcow2' }, source: { '@file': `/tmp/${name}.qcow2` }, target: { '@dev': 'vda', '@bus': 'virtio' } }
  return builder.build({
    domain: {
      '@type': 'qemu',
      name,
      title: `Machine ${String(index)}`,
      memory: { '@unit': 'MiB', '#text': 1024 },
      vcpu: 2,
      os: { type: { '@arch': 'x86_64', '@machine': 'q35', '#text': 'hvm' } },
      features: { acpi: '' },
      devices: { disk, interface: { '@type': 'user', model: { '@type': 'virtio' } }, serial: { '@type': 'pty' }, graphics: { '@type': 'vnc', listen: { '@type': 'socket' } } },
    },
  })
}

/** Defines the machines in one virsh process. */
export async function defineMany(user: User, count: number): Promise<void> {
  const lines: string[] = []
  for (let index = 0; index < count; index += 1) {
    const draft = `/tmp/many-${String(index)}.xml`
    writeFileSync(draft, machine(index), { mode: 0o644 })
    lines.push(`define ${draft}`)
  }
  await user.virsh(['-c', session], { input: `${lines.join('\n')}\n` })
}

/** One virsh process that reads a batch, as a person would paste it. */
const batch = (user: User, commands: readonly string[]) => (): Promise<number> =>
  timed(() => user.virsh(['-c', session], { input: `${commands.join('\n')}\n` }))

/** Connects the app anew; how long until every machine has its row, and until every row is complete. */
async function listed(host: HostClient, connection: string, count: number): Promise<{ rows: number; complete: number }> {
  await host.call('connection.disconnect', { connection })
  let rows = 0
  const complete = await timed(async () => {
    const start = performance.now()
    const all = new Promise<void>((resolve) => {
      const known = new Set<string>()
      const stop = host.follow(({ payload }) => {
        if (!('domains' in payload)) return
        if (rows === 0 && payload.domains.length === count) rows = performance.now() - start
        for (const domain of payload.domains) if (domain.complete) known.add(domain.uuid)
        if (known.size < count) return
        stop()
        resolve()
      })
    })
    await host.call('connection.connect', { connection })
    await all
  })
  return { rows, complete }
}

/** Connect and list many defined machines, beside plain virsh doing the same in the same run. Rows of Markdown. */
export async function benchMany(user: User, count: number, runs: number): Promise<string[]> {
  await defineMany(user, count)
  const uuids = (await user.virsh(['-c', session, 'list', '--all', '--uuid'])).split('\n').filter((line) => line !== '')
  const app = await startApp({ user, settings: { language: 'en' } })
  const host = await hostClient(app.url)
  try {
    const connection = (await host.call('connection.list', {})).find((one) => one.kind === 'session')?.id ?? ''
    const times = await measure(runs, {
      table: batch(user, ['list --all', 'domstats --raw']),
      xml: batch(user, uuids.map((uuid) => `dumpxml ${uuid}`)),
      rows: async () => (await listed(host, connection, count)).rows,
      complete: async () => (await listed(host, connection, count)).complete,
    })
    const factor = (what: number, of: number): string => (what / of).toFixed(1)
    return [
      row(`virsh 'list --all; domstats --raw', ${String(count)} machines`, times.table),
      row(`virsh, the XML of ${String(count)} machines in one batch`, times.xml),
      row(`Vivero: connect and list ${String(count)} machines: names, states, CPUs, memory`, times.rows, `${factor(times.rows.median, times.table.median)} × the table (goal 3)`),
      row(`Vivero: the same with titles, addresses and all else`, times.complete, `${factor(times.complete.median, times.xml.median)} × the XML (goal 1.5)`),
    ]
  } finally {
    host.close()
    await app.stop()
  }
}
