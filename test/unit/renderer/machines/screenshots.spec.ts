import { beforeEach, describe, expect, it } from 'vitest'
import {
  failedMilliseconds,
  hasPicture,
  pictureMilliseconds,
  PictureTaker,
  type Clock,
} from '../../../../renderer/features/machines/screenshots.ts'
import { answered } from '../host.ts'

/** A clock that stands until a test moves it. */
class TestClock implements Clock {
  time = 0
  isHidden = false
  timer: { readonly at: number; readonly run: () => void } | null = null
  now = () => this.time
  hidden = () => this.isHidden
  after = (milliseconds: number, run: () => void) => {
    const timer = { at: this.time + milliseconds, run }
    this.timer = timer
    return () => {
      if (this.timer === timer) this.timer = null
    }
  }
  async pass(milliseconds: number): Promise<void> {
    this.time += milliseconds
    const { timer } = this
    if (timer && timer.at <= this.time) {
      this.timer = null
      timer.run()
    }
    await answered()
  }
}

describe('pictures of screens', () => {
  let clock: TestClock
  let asked: {
    readonly uuid: string
    readonly answer: (png: string) => Promise<void>
    readonly fail: () => Promise<void>
  }[]
  let taker: PictureTaker
  let seen: (string | null)[]
  beforeEach(() => {
    clock = new TestClock()
    asked = []
    seen = []
    taker = new PictureTaker(
      ({ uuid }) =>
        new Promise((resolve, reject) => {
          const answer = (png: string) => (resolve(png), answered())
          asked.push({ uuid, answer, fail: () => (reject(new Error('no screen')), answered()) })
        }),
      clock,
    )
  })

  const watch = (uuid: string) =>
    taker.watch({ key: uuid, ref: { connection: 'c1', uuid }, onPicture: (png) => seen.push(png && `${uuid}:${png}`) })
  const uuids = () => asked.map((one) => one.uuid)

  it('are taken one at a time, in the order that they fall due', async () => {
    watch('a')
    watch('b')
    expect(uuids()).toEqual(['a'])
    await asked[0]?.answer('1')
    expect(uuids()).toEqual(['a', 'b'])
    await asked[1]?.answer('1')
    expect([uuids().length, seen]).toEqual([2, ['a:1', 'b:1']])
    await clock.pass(pictureMilliseconds - 1)
    expect(uuids().length).toBe(2)
    await clock.pass(1)
    expect(uuids()).toEqual(['a', 'b', 'a'])
  })

  it('that fail are none, and are asked for again much later', async () => {
    watch('a')
    await asked[0]?.fail()
    await clock.pass(pictureMilliseconds)
    expect([seen, uuids().length]).toEqual([[null], 1])
    await clock.pass(failedMilliseconds - pictureMilliseconds)
    expect(uuids().length).toBe(2)
  })

  it('are not taken while the window is hidden, and at once when it is shown', async () => {
    clock.isHidden = true
    watch('a')
    await clock.pass(60_000)
    expect(uuids()).toEqual([])
    clock.isHidden = false
    taker.wake()
    expect(uuids()).toEqual(['a'])
  })

  it('of a card that has gone are told to nobody', async () => {
    const stop = watch('a')
    stop()
    await asked[0]?.answer('late')
    await clock.pass(60_000)
    expect([seen, uuids()]).toEqual([[], ['a']])
  })

  it('go to the card that came after', async () => {
    const stop = watch('a')
    watch('a')
    stop()
    await asked[0]?.answer('old')
    await asked[1]?.answer('new')
    expect(seen).toEqual(['a:new'])
  })

  it('are of machines that are on and have a display', () => {
    const states = ['running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended', 'nostate'] as const
    expect(states.filter((state) => hasPicture({ state, displays: ['vnc'] }))).toEqual([
      'running',
      'blocked',
      'paused',
      'shutdown',
    ])
    expect(hasPicture({ state: 'running', displays: [] })).toBe(false)
  })
})
