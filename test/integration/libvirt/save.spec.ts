/** Saving a machine's memory: progress, calling it off, and a virsh that never comes back. */
import { execFileSync } from 'node:child_process'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { domainDefine, domainDestroy, domainSave, domainStart, domainSummary, domainUndefine } from '../../../electron/libvirt/domain/index.ts'
import { until } from '../../harness/poll.ts'
import { lines, logging, machine, virsh } from './objects.ts'

const target = logging()
let uuid = ''

/** Memory that nobody has touched costs no memory, and still is looked through page by page: that takes its second. */
beforeEach(async () => {
  uuid = await domainDefine(target, machine('large', { change: { memoryKiB: 4 * 1024 * 1024 } }))
  await domainStart(target, uuid)
})
afterEach(async () => {
  if (virsh('domstate', uuid).trim() !== 'shut off') await domainDestroy(target, uuid)
  await domainUndefine(target, uuid)
})

/** Processes of virsh that save a machine, by their numbers. */
const savers = (): string[] => lines(execFileSync('sh', ['-c', 'pgrep -f "^virsh .*[m]anagedsave --domain" || true'], { encoding: 'utf8' }))
const facts = async (): Promise<readonly [string, boolean]> => {
  const { state, saved } = await domainSummary(target, uuid)
  return [state, saved]
}

describe('a save', () => {
  it('tells libvirt’s own percents, rising, and the next start goes on from it', async () => {
    const percents: number[] = []
    await domainSave(target, uuid, { onProgress: (percent) => percents.push(percent) })
    expect(percents.length).toBeGreaterThan(0)
    expect(percents).toEqual([...percents].sort((one, other) => one - other))
    expect(percents.every((percent) => percent >= 0 && percent <= 100)).toBe(true)
    expect(await facts()).toEqual(['shutoff', true])
    expect(savers()).toEqual([])
    await domainStart(target, uuid)
    expect(await facts()).toEqual(['running', false])
    expect(virsh('domstate', uuid, '--reason').trim()).toBe('running (restored)')
  })

  it('that is called off ends, and the machine runs as before', async () => {
    const controller = new AbortController()
    const id = virsh('domid', uuid)
    const saving = domainSave(target, uuid, { signal: controller.signal })
    await until('the save has begun', 10_000, () => (virsh('domjobinfo', uuid).includes('Save') ? true : undefined))
    controller.abort()
    await expect(saving).rejects.toMatchObject({ code: 'cancelled' })
    expect(await facts()).toEqual(['running', false])
    expect(virsh('domid', uuid)).toBe(id)
    expect(savers()).toEqual([])
    expect(target.lines.at(-2)).toBe(`virsh -c qemu:///system domjobabort --domain=${uuid}`)
  })

  it('that was called off before it began does not begin', async () => {
    const noted = target.lines.length
    await expect(domainSave(target, uuid, { signal: AbortSignal.abort() })).rejects.toMatchObject({ code: 'cancelled' })
    expect(target.lines).toHaveLength(noted)
    expect(await facts()).toEqual(['running', false])
  })

  it('is done when libvirt has saved it, although its virsh waits for ever', async () => {
    const saving = domainSave(target, uuid)
    // libvirt 9.0's virsh sometimes sleeps through the end of its work; this one surely does
    await until('the save has begun', 10_000, () => (virsh('domjobinfo', uuid).includes('Save') ? true : undefined))
    const [virshOfSave = ''] = savers()
    execFileSync('kill', ['-STOP', virshOfSave])
    await saving
    expect(await facts()).toEqual(['shutoff', true])
    expect(savers()).toEqual([])
  })

  it('of a machine that is off says so', async () => {
    await domainDestroy(target, uuid)
    await expect(domainSave(target, uuid)).rejects.toMatchObject({ code: 'not-active' })
  })
})
