import { describe, expect, it } from 'vitest'
import { asAppError, call, callByName, connectTransport, on, onAny, onLink } from '../../../../renderer/api/client.ts'
import { electronTransport } from '../../../../renderer/api/electron-transport.ts'
import type { LinkState } from '../../../../renderer/api/transport.ts'
import { AppError } from '../../../../shared/model/error.ts'
import { exampleJob } from '../../examples.ts'
import { withHost } from '../host.ts'

describe('requests', () => {
  it('answer with the value alone', async () => {
    const host = withHost({ 'job.list': () => [exampleJob('a')] })
    expect((await call('job.list', {})).map((job) => job.id)).toEqual(['a'])
    expect(host.asked).toEqual([{ name: 'job.list', input: {} }])
  })

  it('throw an error of the host with all that it says', async () => {
    const error = new AppError('name-taken', { name: 'debian' }, 'domain exists', [{ name: 'retry' }])
    withHost({
      'domain.list': () => {
        throw error
      },
    })
    await expect(callByName('domain.list', { connection: 'c1' })).rejects.toMatchObject({
      name: 'AppError',
      code: 'name-taken',
      params: { name: 'debian' },
      detail: 'domain exists',
      remedies: [{ name: 'retry' }],
    })
  })

  it('make of an error that crossed the contract the same as was thrown', () => {
    const error = new AppError('busy', { name: 'x' })
    expect(
      asAppError({ code: error.code, params: error.params, detail: error.detail, remedies: error.remedies }),
    ).toEqual(error)
  })
})

describe('events', () => {
  it('reach those who listen to their kind, and those who listen to all, until they stop', () => {
    const host = withHost()
    const jobs: string[] = []
    const all: string[] = []
    const stops = [on('job.removed', ({ job }) => jobs.push(job)), onAny(({ event }) => all.push(event))]
    host.tell('job.removed', { job: 'a' })
    host.tell('command.cleared', {})
    for (const stop of stops) stop()
    host.tell('job.removed', { job: 'b' })
    expect([jobs, all]).toEqual([['a'], ['job.removed', 'command.cleared']])
  })
})

describe('the link', () => {
  it('is told at once and at every change', () => {
    const host = withHost()
    host.link('open')
    const seen: LinkState[] = []
    const stop = onLink((state) => seen.push(state))
    host.link('lost')
    stop()
    host.link('open')
    expect(seen).toEqual(['open', 'lost'])
  })

  it("of Electron's channels is open from the start and carries requests and events", async () => {
    const seen: unknown[] = []
    connectTransport(
      electronTransport({
        call: async (name, input) => ({ ok: true, value: [name, input] }),
        on: (listener) => {
          listener({ event: 'job.removed', payload: { job: 'early' } })
          return () => undefined
        },
      }),
    )
    onLink((state) => seen.push(state))()
    expect(seen).toEqual(['open'])
    expect(await callByName('x.y', { z: 1 })).toEqual(['x.y', { z: 1 }])
  })
})
