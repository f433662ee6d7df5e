/** A libvirtd that dies or stops answering in the middle of things. It is the session's of alumna, which the next virsh starts anew. */
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { connectionOpen } from '../../../electron/libvirt/connection.ts'
import { domainDefine, domainList, domainSave, domainStart } from '../../../electron/libvirt/domain/index.ts'
import { virshRead, virshWrite, withDocument } from '../../../electron/libvirt/virsh.ts'
import { asUser, until } from '../../harness/index.ts'
import { lines, logging, machine } from './objects.ts'

const alumna = asUser('alumna')
/** Named by its socket, no virsh starts a daemon that is not there. */
const target = logging('qemu+unix:///session?socket=/run/user/1000/libvirt/libvirt-sock')

const signal = (name: string): void => void execFileSync('pkill', [`-${name}`, '-u', 'alumna', '-x', 'libvirtd'])
const session = (...args: string[]): Promise<string> => alumna.virsh(['-c', 'qemu:///session', ...args])
/** What of the app's own is left: virsh on that socket. */
const left = (): string[] => lines(execFileSync('sh', ['-c', 'pgrep -fa "[v]irsh .*libvirt-sock" || true'], { encoding: 'utf8' }))

beforeEach(async () => {
  await session('uri')
})
afterEach(() => {
  expect(left()).toEqual([])
})

describe('a daemon that is killed', () => {
  it('ends what was being read with connection-gone, and is down after that', async () => {
    const reading = virshRead(target, [['uri'], ['event', '--event', 'lifecycle', '--loop']])
    await until('it is connected', 10_000, () => (connections() > 0 ? true : undefined))
    signal('KILL')
    expect(await reading).toMatchObject([{ ok: true }, { ok: false, error: { code: 'connection-gone' } }])
    await expect(domainList(target)).rejects.toMatchObject({ code: 'daemon-down', params: { path: '/run/user/1000/libvirt/libvirt-sock' } })
    await expect(connectionOpen(target)).rejects.toMatchObject({ code: 'daemon-down' })
    await session('uri')
    expect(await domainList(target)).toEqual([])
  })

  it('ends a save with connection-gone; the machine is there again with the daemon', async () => {
    const uuid = await domainDefine(target, machine('kept', { change: { memoryKiB: 4 * 1024 * 1024 } }))
    await domainStart(target, uuid)
    const saving = domainSave(target, uuid).then(() => null, (error: unknown) => error)
    await until('the save has begun', 10_000, async () => ((await session('domjobinfo', uuid)).includes('Save') ? true : undefined))
    signal('KILL')
    expect(await saving).toMatchObject({ code: 'connection-gone' })
    expect(target.errors.at(-1)).toMatch(/End of file|socket is closed|Disconnected/)
    await session('uri')
    expect((await domainList(target)).map((domain) => domain.name)).toEqual(['kept'])
    if ((await session('domstate', uuid)).trim() !== 'shut off') await session('destroy', uuid)
    await session('undefine', uuid, '--managed-save')
  })
})

describe('a daemon that stops answering', () => {
  it('is waited for as long as is given, read and written, and answers when it goes on', async () => {
    signal('STOP')
    const started = Date.now()
    const { outcomes } = await withDocument(machine('frozen'), async (path) => ({
      outcomes: await Promise.allSettled([
        virshRead(target, [['list', '--all']], { timeoutMs: 500 }),
        virshWrite(target, ['define', `--file=${path}`], { timeoutMs: 500 }),
        connectionOpen(target, { timeoutMs: 500 }),
      ]),
    }))
    expect(outcomes).toMatchObject(Array(3).fill({ status: 'rejected', reason: { code: 'timeout', params: { program: 'virsh' } } }))
    expect(Date.now() - started).toBeLessThan(30_000)
    expect(left()).toEqual([])
    signal('CONT')
    expect(await domainList(target)).toEqual([])
  })

  it('is no longer waited for once somebody calls it off', async () => {
    signal('STOP')
    const controller = new AbortController()
    const reading = virshRead(target, [['list', '--all']], { signal: controller.signal })
    await until('it is asked', 10_000, () => (left().length > 0 ? true : undefined))
    controller.abort()
    await expect(reading).rejects.toMatchObject({ code: 'cancelled' })
    signal('CONT')
  })
})

/** Clients that the session's daemon has. */
function connections(): number {
  return lines(execFileSync('sh', ['-c', 'ss -xH state connected | grep -c "/run/user/1000/libvirt/libvirt-sock " || true'], { encoding: 'utf8' })).map(Number)[0] ?? 0
}
