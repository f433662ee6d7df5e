import { describe, expect, it } from 'vitest'
import type { Job } from '../../../../shared/model/job.ts'
import { AppError } from '../../../../shared/model/error.ts'
import type { Emit } from '../../../../electron/host/emit.ts'
import { createJobs, KEPT_JOBS, KEPT_LINES } from '../../../../electron/host/jobs.ts'

const spec = { kind: 'save', connection: 'session', title: { key: 'jobs:title.save', params: {} }, cancellable: true } as const

function setUp() {
  const told: Job[] = []
  const removed: string[] = []
  const emit: Emit = (event, payload) => {
    if (event === 'job.changed') told.push(payload as Job)
    if (event === 'job.removed') removed.push((payload as { job: string }).job)
  }
  return { jobs: createJobs(emit), told, removed }
}

/** Work that ends when it is cancelled, as virsh does. */
const untilCancelled = (signal: AbortSignal): Promise<null> =>
  new Promise((_resolve, reject) => signal.addEventListener('abort', () => reject(new AppError('cancelled', {}))))

describe('jobs', () => {
  it('tells start, progress, step, log and result', async () => {
    const { jobs, told } = setUp()
    const { id, ended } = jobs.start(spec, async (job) => {
      job.step({ key: 'creation:step.disk', params: {} })
      job.progress(3, 10, 'bytes')
      job.log('copying')
      return { uuid: 'u' }
    })
    expect(jobs.running().map((job) => job.id)).toEqual([id])
    const last = await ended
    expect(last).toMatchObject({ id, state: 'done', progress: { done: 3, total: 10, unit: 'bytes' }, log: ['copying'], result: { uuid: 'u' } })
    expect(told.map((job) => job.state)).toEqual(['running', 'running', 'running', 'running', 'done'])
    expect(jobs.running()).toEqual([])
    expect(jobs.list()).toEqual([last])
    expect(last.endedAt).not.toBeNull()
  })

  it('keeps the error of one that failed', async () => {
    const { jobs } = setUp()
    const { ended } = jobs.start(spec, () => Promise.reject(new AppError('disk-full', { path: '/x' }, 'No space left')))
    expect(await ended).toMatchObject({ state: 'failed', error: { code: 'disk-full', detail: 'No space left' }, result: null })
  })

  it('cancels: the work is told, the job is cancelled and not failed', async () => {
    const { jobs } = setUp()
    const { id, ended } = jobs.start(spec, (job) => untilCancelled(job.signal))
    await Promise.resolve() // the work has begun
    await Promise.resolve()
    jobs.cancel(id)
    expect(await ended).toMatchObject({ state: 'cancelled', error: null })
    jobs.cancel(id) // once more changes nothing
    expect(jobs.list()[0]?.state).toBe('cancelled')
  })

  it('that can be paused stands still, says so, and goes on; others refuse', async () => {
    const { jobs, told } = setUp()
    const { id, ended } = jobs.start({ ...spec, kind: 'download', pausable: true }, async (job) => {
      await new Promise((resolve) => job.pause.signal.addEventListener('abort', resolve))
      job.hold('paused')
      await job.pause.whenResumed(job.signal)
      job.hold(null)
      job.progress(2, 4, 'bytes', 100)
      return null
    })
    await Promise.resolve()
    await Promise.resolve()
    jobs.pause(id)
    await Promise.resolve()
    await Promise.resolve()
    expect(jobs.list()[0]).toMatchObject({ state: 'running', hold: 'paused' })
    expect(jobs.running()).toEqual([])
    jobs.resume(id)
    expect(await ended).toMatchObject({ state: 'done', hold: null, progress: { done: 2, total: 4, unit: 'bytes', perSecond: 100 } })
    expect(told.map((job) => job.hold)).toContain('paused')
    const other = jobs.start(spec, (job) => untilCancelled(job.signal))
    expect(() => jobs.pause(other.id)).toThrow(AppError)
    jobs.cancel(other.id)
    await other.ended
  })

  it('that begins paused waits for the person, and can be cancelled there', async () => {
    const { jobs } = setUp()
    const begin = () => jobs.start({ ...spec, kind: 'download', pausable: true, hold: 'paused' }, async (job) => {
      await job.pause.whenResumed(job.signal)
      return null
    }) // prettier-ignore
    const [first, second] = [begin(), begin()]
    expect(jobs.list().map((job) => job.hold)).toEqual(['paused', 'paused'])
    await Promise.resolve()
    await Promise.resolve()
    jobs.resume(first.id)
    expect(await first.ended).toMatchObject({ state: 'done', hold: null })
    jobs.cancel(second.id)
    expect(await second.ended).toMatchObject({ state: 'cancelled', hold: null })
  })

  it('cancelled before its work began, it never begins', async () => {
    const { jobs } = setUp()
    let begun = false
    const { id, ended } = jobs.start(spec, async () => {
      begun = true
      return null
    })
    jobs.cancel(id)
    expect(await ended).toMatchObject({ state: 'cancelled' })
    expect(begun).toBe(false)
  })

  it('a job that fails while it is being undone is failed, not cancelled', async () => {
    const { jobs } = setUp()
    const { id, ended } = jobs.start(spec, async (job) => {
      await untilCancelled(job.signal).catch(() => undefined)
      throw new AppError('permission-denied', { path: '/left' })
    })
    await Promise.resolve()
    await Promise.resolve()
    jobs.cancel(id)
    expect(await ended).toMatchObject({ state: 'failed', error: { code: 'permission-denied' } })
  })

  it('refuses to cancel what cannot be, to dismiss what runs, and unknown ids', async () => {
    const { jobs, removed } = setUp()
    let finish = (): void => undefined
    const work = new Promise<null>((resolve) => (finish = () => resolve(null)))
    const { id, ended } = jobs.start({ ...spec, cancellable: false }, () => work)
    expect(() => jobs.cancel(id)).toThrow(expect.objectContaining({ code: 'unsupported' }))
    expect(() => jobs.dismiss(id)).toThrow(expect.objectContaining({ code: 'in-use' }))
    expect(() => jobs.cancel('nothing')).toThrow(expect.objectContaining({ code: 'not-found' }))
    finish()
    await ended
    jobs.dismiss(id)
    expect(jobs.list()).toEqual([])
    expect(removed).toEqual([id])
  })

  it('stopAll cancels and waits, also for what cannot be cancelled', async () => {
    const { jobs } = setUp()
    const order: string[] = []
    let finish = (): void => undefined
    const slow = new Promise<null>((resolve) => (finish = () => resolve(null)))
    void jobs.start({ ...spec, cancellable: false }, () => slow)
    void jobs.start(spec, (job) => untilCancelled(job.signal)).ended.then(() => order.push('cancelled'))
    await Promise.resolve()
    await Promise.resolve()
    const stopped = jobs.stopAll().then(() => order.push('stopped'))
    await Promise.resolve()
    finish()
    await stopped
    expect(order).toEqual(['cancelled', 'stopped'])
    expect(jobs.running()).toEqual([])
  })

  it('keeps a bounded number of ended jobs and of lines', async () => {
    const { jobs, removed } = setUp()
    for (let number = 0; number < KEPT_JOBS + 3; number++) {
      await jobs.start(spec, async (job) => {
        for (let line = 0; line < (number === KEPT_JOBS + 2 ? KEPT_LINES + 5 : 0); line++) job.log(String(line))
        return null
      }).ended
    }
    expect(jobs.list()).toHaveLength(KEPT_JOBS)
    expect(removed).toHaveLength(3)
    const { log } = jobs.list().at(-1) ?? { log: [] }
    expect(log).toHaveLength(KEPT_LINES)
    expect(log.at(-1)).toBe(String(KEPT_LINES + 4))
  })
})
