/** Work that takes longer than a moment: shown with its own progress, can be cancelled, kept when it ended. */
import { randomUUID } from 'node:crypto'
import type { ConnectionId } from '../../shared/model/connection.ts'
import { AppError, toWireError } from '../../shared/model/error.ts'
import type { Job, JobHold, JobProgress, Message } from '../../shared/model/job.ts'
import { LEAVING, PauseSwitch, type Pause } from '../system/pause.ts'
import type { Emit } from './emit.ts'

/** Ended jobs that are kept for the list; the oldest go first. */
export const KEPT_JOBS = 50
/** Lines of a job's log that are kept; the oldest go first. */
export const KEPT_LINES = 1_000

export interface JobSpec {
  readonly kind: Job['kind']
  readonly connection: ConnectionId | null
  readonly title: Message
  readonly cancellable: boolean
  /** It can stand still and go on; it may begin so. */
  readonly pausable?: boolean
  readonly hold?: JobHold | null
}

/** What the work says about itself while it runs. */
export interface JobControl {
  readonly id: string
  /** Aborted when the person cancels. */
  readonly signal: AbortSignal
  /** Of a job that can be paused. */
  readonly pause: Pause
  /** `perSecond`: bytes a second of late, where that is measured. */
  progress(done: number, total: number, unit: JobProgress['unit'], perSecond?: number | null): void
  /** It waits for its turn, stands still as it was told to, or (null) works. */
  hold(state: JobHold | null): void
  step(message: Message): void
  log(line: string): void
}

export type JobWork = (job: JobControl) => Promise<Readonly<Record<string, string>> | null>

export interface Jobs {
  list(): readonly Job[]
  /** Those that work or wait for their turn: what was paused keeps nobody, it goes on at the app's next start. */
  running(): readonly Job[]
  /** Starts the work and answers at once. */
  start(spec: JobSpec, work: JobWork): { readonly id: string; readonly ended: Promise<Job> }
  /** Puts a job into the list that ended before this app began, or what is known of it by now. */
  report(job: Job): void
  /** Errors: not-found, unsupported (the job cannot be cancelled). */
  cancel(id: string): void
  /** Errors: not-found, unsupported (the job cannot be paused). */
  pause(id: string): void
  /** Errors: not-found, unsupported. */
  resume(id: string): void
  /** Takes an ended job out of the list. Errors: not-found, in-use (still running). */
  dismiss(id: string): void
  /** Cancels what can be cancelled and waits until nothing runs. */
  stopAll(): Promise<void>
}

interface Running {
  readonly abort: AbortController
  readonly pause: PauseSwitch
  readonly ended: Promise<Job>
}

class JobList implements Jobs {
  readonly #jobs = new Map<string, Job>()
  readonly #running = new Map<string, Running>()
  readonly #emit: Emit

  constructor(emit: Emit) {
    this.#emit = emit
  }

  list(): readonly Job[] {
    return [...this.#jobs.values()]
  }

  running(): readonly Job[] {
    return this.list().filter((job) => job.state === 'running' && job.hold !== 'paused')
  }

  start(spec: JobSpec, work: JobWork): { readonly id: string; readonly ended: Promise<Job> } {
    const id = randomUUID()
    const abort = new AbortController()
    const startedAt = new Date().toISOString()
    const begun = { progress: null, step: null, error: null, result: null, endedAt: null, log: [] }
    this.#put({ id, ...spec, state: 'running', startedAt, ...begun })
    const pause = new PauseSwitch()
    if (spec.hold === 'paused') pause.pause()
    const ended = this.#run({ id, abort, pause }, work)
    this.#running.set(id, { abort, pause, ended })
    void ended.then(() => this.#running.delete(id))
    return { id, ended }
  }

  report(job: Job): void {
    this.#put(job)
  }

  cancel(id: string): void {
    const job = this.#find(id)
    if (job.state !== 'running') return
    if (!job.cancellable) throw new AppError('unsupported', { job: id })
    this.#running.get(id)?.abort.abort()
  }

  pause(id: string): void {
    this.#switchOf(id)?.pause()
  }

  resume(id: string): void {
    this.#switchOf(id)?.resume()
  }

  /** Undefined where it has ended meanwhile. */
  #switchOf(id: string): PauseSwitch | undefined {
    if (!this.#find(id).pausable) throw new AppError('unsupported', { job: id })
    return this.#running.get(id)?.pause
  }

  dismiss(id: string): void {
    const job = this.#find(id)
    if (job.state === 'running') throw new AppError('in-use', { job: id })
    this.#remove(id)
  }

  async stopAll(): Promise<void> {
    const running = [...this.#running.entries()]
    for (const [id, { abort }] of running) if (this.#find(id).cancellable) abort.abort(LEAVING)
    await Promise.all(running.map(([, { ended }]) => ended))
  }

  async #run({ id, abort, pause }: Omit<Running, 'ended'> & { readonly id: string }, work: JobWork): Promise<Job> {
    const control: JobControl = {
      id,
      signal: abort.signal,
      pause,
      progress: (done, total, unit, perSecond) =>
        this.#change(id, { progress: { done, total, unit, ...(perSecond === undefined ? {} : { perSecond }) } }),
      hold: (hold) => this.#change(id, { hold }),
      step: (step) => this.#change(id, { step }),
      log: (line) => this.#change(id, { log: [...this.#find(id).log, line].slice(-KEPT_LINES) }),
    }
    try {
      await Promise.resolve() // so that whoever starts a job knows its id before its first word
      if (abort.signal.aborted) throw new AppError('cancelled', {})
      const result = await work(control)
      return this.#end(id, { state: 'done', result })
    } catch (error) {
      const wire = toWireError(error)
      const cancelled = abort.signal.aborted && wire.code === 'cancelled'
      return this.#end(id, { state: cancelled ? 'cancelled' : 'failed', error: cancelled ? null : wire })
    }
  }

  #end(id: string, last: Partial<Job>): Job {
    const held = this.#find(id).hold ? { hold: null } : {}
    const job = this.#change(id, { ...last, ...held, endedAt: new Date().toISOString() })
    const ended = this.list().filter((other) => other.state !== 'running')
    for (const old of ended.slice(0, Math.max(0, ended.length - KEPT_JOBS))) this.#remove(old.id)
    return job
  }

  #change(id: string, change: Partial<Job>): Job {
    const job = { ...this.#find(id), ...change }
    this.#put(job)
    return job
  }

  #put(job: Job): void {
    this.#jobs.set(job.id, job)
    this.#emit('job.changed', job)
  }

  #remove(id: string): void {
    this.#jobs.delete(id)
    this.#emit('job.removed', { job: id })
  }

  #find(id: string): Job {
    const job = this.#jobs.get(id)
    if (!job) throw new AppError('not-found', { job: id })
    return job
  }
}

export function createJobs(emit: Emit): Jobs {
  return new JobList(emit)
}
