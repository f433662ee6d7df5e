import { beforeAll, beforeEach, describe, expect, it, vi } from 'vitest'
import { onJobEnd } from '../../../../renderer/features/new-machine/creation.ts'
import { goToMade, tellInBackground } from '../../../../renderer/features/new-machine/finish.tsx'
import { appStore } from '../../../../renderer/stores/app-store.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { exampleJob, examplePlan, exampleUuid } from '../../examples.ts'
import { noticeTitles, resetPage } from '../page.ts'
import { speak } from '../words.ts'

const uuid = exampleUuid(1)
const jobs = (...list: readonly Job[]): void => appStore.setState({ jobs: list })
const done = exampleJob('j', { state: 'done', result: { uuid } })

beforeAll(() => speak('en').then(() => undefined))
beforeEach(() => {
  resetPage()
  vi.stubGlobal('window', { location: { hash: '' } })
})

describe('the end of a job', () => {
  it('is told once', () => {
    const told: string[] = []
    jobs(exampleJob('other'), exampleJob('j'))
    onJobEnd('j', (job) => told.push(job.state))
    jobs(exampleJob('other', { state: 'done' }), exampleJob('j'))
    expect(told).toEqual([])
    jobs(done)
    jobs({ ...done, log: ['more'] })
    expect(told).toEqual(['done'])
  })

  it('is told at once where it has ended already', () => {
    const told: string[] = []
    jobs(exampleJob('j', { state: 'cancelled' }))
    onJobEnd('j', (job) => told.push(job.state))
    expect(told).toEqual(['cancelled'])
  })

  it('is told to nobody who has stopped listening', () => {
    const told: string[] = []
    jobs(exampleJob('j'))
    onJobEnd('j', (job) => told.push(job.state))()
    jobs(done)
    expect(told).toEqual([])
  })
})

describe('a machine that was made', () => {
  const asked = (openConsole: boolean) => ({ job: 'j', plan: examplePlan({ openConsole }) })

  it('is gone to where that was wished, else its list, which says so', () => {
    goToMade(asked(true), done)
    expect([window.location.hash, noticeTitles()]).toEqual([`/c/c1/machines/${uuid}/console`, []])
    goToMade(asked(false), done)
    expect([window.location.hash, noticeTitles()]).toEqual(['/c/c1/machines', ['Debian 11 was created']])
  })

  it('in the background is spoken of and opens nothing unasked', () => {
    jobs(exampleJob('j'))
    tellInBackground(asked(true))
    jobs(done)
    expect([window.location.hash, noticeTitles()]).toEqual(['', ['Debian 11 was created']])
  })

  it('in the background that could not be made says why', () => {
    jobs(exampleJob('j'))
    tellInBackground(asked(true))
    jobs(exampleJob('j', { state: 'failed', error: { code: 'disk-full', params: {}, detail: null, remedies: [] } }))
    expect(noticeTitles()).toEqual([expect.stringMatching(/Debian 11.*There is no room left on the disk\./)])
  })

  it('in the background that was cancelled says nothing', () => {
    jobs(exampleJob('j'))
    tellInBackground(asked(true))
    jobs({ ...done, state: 'cancelled' })
    expect(noticeTitles()).toEqual([])
  })
})
