import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { jobShare, progressText } from '../../../../renderer/features/jobs/words.ts'
import { messageText } from '../../../../renderer/ui/message-text.ts'
import type { Job } from '../../../../shared/model/job.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

const progress = (
  done: number,
  total: number,
  unit: 'bytes' | 'steps' | 'percent' = 'bytes',
): Pick<Job, 'progress'> => ({
  progress: { done, total, unit },
})

describe('how far a job is', () => {
  it.each([
    [0, 10, 0],
    [5, 10, 0.5],
    [20, 10, 1],
    [-1, 10, 0],
  ])('%i of %i is %f', (done, total, share) => expect(jobShare(progress(done, total))).toBe(share))

  it('is not known where it does not say, or of nothing', () => {
    expect([jobShare({ progress: null }), jobShare(progress(1, 0))]).toEqual([null, null])
    expect([progressText(t, { progress: null }), progressText(t, progress(1, 0, 'steps'))]).toEqual(['', ''])
    expect(progressText(t, progress(2048, 0))).toBe('2\u00a0KiB')
  })

  it('is written in its own unit', () => {
    const GiB = 1024 ** 3
    expect(progressText(t, progress(1.5 * GiB, 3 * GiB))).toBe('1.5\u00a0GiB of 3\u00a0GiB')
    expect(progressText(t, progress(2, 5, 'steps'))).toBe('2 of 5')
    expect(progressText(t, progress(62, 100, 'percent'))).toBe('62%')
  })

  it('says how fast, and how long still, unless it stands', () => {
    const MiB = 1024 ** 2
    const going = { progress: { done: 10 * MiB, total: 20 * MiB, unit: 'bytes', perSecond: 2 * MiB } } as const
    expect(progressText(t, going)).toBe('10\u00a0MiB of 20\u00a0MiB · 2\u00a0MiB/s · 5\u00a0s left')
    expect(progressText(t, { ...going, hold: 'paused' })).toBe('10\u00a0MiB of 20\u00a0MiB')
    expect(progressText(t, { progress: { ...going.progress, total: 0 } })).toBe('10\u00a0MiB · 2\u00a0MiB/s')
  })
})

it('a sentence that came as data has its parameters', () => {
  expect(messageText(t, { key: 'jobs:kind.save', params: { name: 'web' } })).toBe('Save the state of web')
})
