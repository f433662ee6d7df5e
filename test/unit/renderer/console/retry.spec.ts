import { describe, expect, it } from 'vitest'
import { closeCodes } from '../../../../electron/console/channel.ts'
import { afterSerialClose, retryAfter, serialCodes } from '../../../../renderer/features/console/retry.ts'

describe('the wait before a console is opened again', () => {
  it('is short at first and doubles', () => {
    expect([0, 1, 2, 3, 4, 5].map(retryAfter)).toEqual([250, 500, 1_000, 2_000, 4_000, 8_000])
  })

  it('never grows beyond 8 s', () => {
    expect([6, 50, 100_000].map(retryAfter)).toEqual([8_000, 8_000, 8_000])
  })
})

describe('a serial port that was closed', () => {
  it('is told by the codes that the host sends', () => {
    const { machineEnded: ended, failed, takenOver, daemonGone } = closeCodes
    expect(serialCodes).toEqual({ ended, failed, takenOver, daemonGone })
  })

  it.each([
    ['the machine ended', closeCodes.machineEnded],
    ['the host ends', closeCodes.hostEnds],
    ['the daemon went away', closeCodes.daemonGone],
    ['the relay broke off without a word', 1006],
  ])('is opened again where %s', (_why, code) => expect(afterSerialClose(code)).toBe('retry'))

  it('stays with another console that has it', () => expect(afterSerialClose(closeCodes.takenOver)).toBe('taken-over'))

  it('is given up where it cannot be opened', () => expect(afterSerialClose(closeCodes.failed)).toBe('failed'))
})
