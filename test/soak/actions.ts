/** What is done to a machine while its libvirt is killed. */
import type { Input, RequestName, Result } from '../../shared/contract/index.ts'
import type { DomainDetails } from '../../shared/model/domain.ts'
import { jobOf, tryVirsh, virsh, type Stage } from './stage.ts'

export type From = 'running' | 'paused' | 'shut off' | 'saved'

export interface Action {
  readonly name: string
  readonly from: From
  /** About how many milliseconds it takes. */
  readonly takes: number
  readonly run: (stage: Stage) => Promise<Result<unknown>>
}

type MachineRequest = { [N in RequestName]: Input<N> extends { readonly connection: string; readonly uuid: string } ? N : never }[RequestName]

const plain = (name: MachineRequest, from: From, takes: number, more: object = {}, label: string = name): Action => ({
  name: label,
  from,
  takes,
  run: ({ page, connection, uuid }) => page.call(name, { connection, uuid, ...more }),
})

const card = (from: From, takes: number): Action => ({
  name: `domain.remove-interface of a machine that is ${from}`,
  from,
  takes,
  run: async ({ page, connection, uuid }) => {
    const read = await page.call('domain.get', { connection, uuid })
    if (!read.ok) return read
    const { live, config } = read.value as DomainDetails
    return page.call('domain.remove-interface', { connection, uuid, mac: (live ?? config)?.interfaces[0]?.mac })
  },
})

/** Every action of a machine's life, and the edits of it. */
export const actions: readonly Action[] = [
  plain('domain.start', 'shut off', 700),
  plain('domain.start', 'saved', 900, {}, 'domain.start of a saved machine'),
  plain('domain.suspend', 'running', 80),
  plain('domain.resume', 'paused', 80),
  plain('domain.reboot', 'running', 80),
  plain('domain.reset', 'running', 80),
  plain('domain.shutdown', 'running', 80),
  { name: 'domain.save', from: 'running', takes: 600, run: async ({ page, connection, uuid }) => jobOf(page, await page.call('domain.save', { connection, uuid })) },
  plain('domain.discard-save', 'saved', 80),
  plain('domain.destroy', 'running', 300),
  plain('domain.edit', 'shut off', 150, { title: 'Un título', description: 'Dos\nlíneas', autostart: true }),
  plain('domain.edit', 'running', 150, { title: null, description: null, autostart: false }, 'domain.edit of a running machine'),
  plain('domain.change-media', 'running', 150, { target: 'sda', path: null }, 'domain.change-media: eject'),
  plain('domain.change-media', 'shut off', 150, { target: 'sda', path: '/usr/lib/ipxe/ipxe.iso' }, 'domain.change-media: insert'),
  card('shut off', 150),
  card('running', 5_500),
]

/** Brings the machine into a state by virsh. */
export async function bring(stage: Stage, from: From): Promise<void> {
  const { uuid } = stage
  const state = async (): Promise<string> => (await virsh(stage, 'domstate', uuid)).trim()
  if (from !== 'saved') await tryVirsh(stage, 'managedsave-remove', uuid)
  const now = await state()
  if (from === 'shut off') return now === from ? undefined : void (await virsh(stage, 'destroy', uuid))
  const saved = (await virsh(stage, 'list', '--all', '--uuid', '--with-managed-save')).includes(uuid)
  if (from === 'saved' && now === 'shut off' && saved) return
  if (now === 'shut off') await virsh(stage, 'start', uuid)
  if ((await state()) === 'paused' && from !== 'paused') await virsh(stage, 'resume', uuid)
  if ((await state()) === 'running' && from === 'paused') await virsh(stage, 'suspend', uuid)
  if (from === 'saved') await virsh(stage, 'managedsave', uuid)
}
