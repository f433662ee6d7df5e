import { execFileSync } from 'node:child_process'
import { existsSync } from 'node:fs'
import { afterEach, describe, expect, it } from 'vitest'
import { watchEvents, type EventWatch, type Hint } from '../../../electron/libvirt/events.ts'
import type { AppError } from '../../../shared/model/error.ts'
import { asUser } from '../../harness/user.ts'
import { until } from '../../harness/poll.ts'
import { URI, machine, network, virsh } from './objects.ts'
import { withDocument } from '../../../electron/libvirt/virsh.ts'

const watches: EventWatch[] = []
afterEach(async () => {
  for (const watch of watches.splice(0)) {
    watch.stop()
    await watch.ended
  }
})

function listen(uri: string): { watch: EventWatch; hints: Hint[]; lost: AppError[] } {
  const hints: Hint[] = []
  const lost: AppError[] = []
  const watch = watchEvents({ uri, connection: 'x' }, { onHint: (hint) => hints.push(hint), onLost: (error) => lost.push(error) })
  watches.push(watch)
  return { watch, hints, lost }
}

const heard = (hints: readonly Hint[], wanted: Partial<Hint>): Promise<Hint> =>
  until(JSON.stringify(wanted), 10_000, () => hints.find((hint) => Object.entries(wanted).every(([key, value]) => hint[key as keyof Hint] === value)))

/** Event loops of virsh that run in this lab. */
const loops = (uri: string): number => Number(execFileSync('sh', ['-c', `pgrep -fc -- "[v]irsh -q -c ${uri} echo --err" || true`], { encoding: 'utf8' }).trim())

describe('event streams', () => {
  it('tell what virsh does outside the app, from the moment they are ready', async () => {
    const { watch, hints, lost } = listen(URI)
    await watch.ready
    await withDocument(machine('streamed'), async (path) => virsh('define', path))
    await heard(hints, { kind: 'domain', name: 'streamed', detail: 'Defined Added' })
    virsh('desc', 'streamed', '--title', 'x')
    virsh('start', 'streamed')
    await heard(hints, { kind: 'domain', name: 'streamed', detail: 'Started Booted' })
    virsh('desc', 'streamed', '--title', 'y', '--live')
    await heard(hints, { kind: 'domain', name: 'streamed', event: 'metadata-change' })
    virsh('destroy', 'streamed')
    virsh('undefine', 'streamed')
    await heard(hints, { kind: 'domain', name: 'streamed', detail: 'Undefined Removed' })
    await withDocument(network('wire'), async (path) => virsh('net-define', path))
    virsh('net-start', 'wire')
    await heard(hints, { kind: 'network', name: 'wire', detail: 'Started' })
    virsh('net-destroy', 'wire')
    virsh('net-undefine', 'wire')
    await heard(hints, { kind: 'network', name: 'wire', detail: 'Undefined' })
    expect(lost).toEqual([])
  })

  it('leave no process behind when they are stopped', async () => {
    const { watch, hints, lost } = listen(URI)
    await watch.ready
    expect(loops(URI)).toBe(4)
    watch.stop()
    await watch.ended
    expect(loops(URI)).toBe(0)
    virsh('net-start', 'default')
    virsh('net-destroy', 'default')
    expect([hints, lost]).toEqual([[], []])
  })

  it('work on libvirt’s test driver too', async () => {
    const { watch, lost } = listen('test:///default')
    await watch.ready
    expect(loops('test:///default')).toBe(4)
    expect(lost).toEqual([])
  })

  it('say once that the connection is lost when its daemon dies, and end', async () => {
    const alumna = asUser('alumna')
    await alumna.virsh(['-c', 'qemu:///session', 'uri'])
    const socket = '/run/user/1000/libvirt/libvirt-sock'
    expect(existsSync(socket)).toBe(true)
    const { watch, lost } = listen(`qemu+unix:///session?socket=${socket}`)
    await watch.ready
    execFileSync('pkill', ['-KILL', '-u', 'alumna', '-x', 'libvirtd'])
    await watch.ended
    expect(lost.map((error) => error.code)).toEqual(['connection-gone'])
  })

  it('say why where nothing answers', async () => {
    const { watch, lost } = listen('qemu+unix:///system?socket=/nowhere')
    await watch.ended
    await watch.ready
    expect(lost).toMatchObject([{ code: 'daemon-down' }])
  })
})
