import { describe, expect, it } from 'vitest'
import { readState } from '../../../../../electron/libvirt/domain/state.ts'
import { readPercent } from '../../../../../electron/libvirt/domain/save.ts'
import { fixture } from '../../../fixtures.ts'

const stats = (state: number, reason: number): string => `Domain: 'state.state=9'\n  state.state=${state}\n  state.reason=${reason}\n\n`

describe('the state of a machine', () => {
  it('as it was captured', () => {
    expect(readState(fixture('virsh/state-running.txt'))).toEqual({ state: 'running', reason: 'booted' })
    expect(readState(fixture('virsh/state-paused.txt'))).toEqual({ state: 'paused', reason: 'user' })
    expect(readState(fixture('virsh/state-destroyed.txt'))).toEqual({ state: 'shutoff', reason: 'destroyed' })
  })

  it.each([
    [0, 0, 'nostate', null],
    [1, 0, 'running', null],
    [1, 7, 'running', 'save canceled'],
    [2, 0, 'blocked', null],
    [3, 5, 'paused', 'I/O error'],
    [3, 3, 'paused', 'saving'],
    [4, 1, 'shutdown', 'user'],
    [5, 5, 'shutoff', 'saved'],
    [5, 3, 'shutoff', 'crashed'],
    [6, 1, 'crashed', 'panicked'],
    [7, 0, 'pmsuspended', null],
    [1, 99, 'running', null],
    [99, 1, 'nostate', null],
  ])('%d and %d are %s, %s', (state, reason, word, why) => {
    expect(readState(stats(state, reason))).toEqual({ state: word, reason: why })
  })

  it('is none where libvirt says nothing', () => {
    expect(readState('')).toEqual({ state: 'nostate', reason: null })
  })
})

describe('the progress of a save', () => {
  it.each([
    ['\rManagedsave: [  0 %]', 0],
    ['\rManagedsave: [ 45 %]', 45],
    ['\rManagedsave: [ 45.27 %]', 45.27],
    ['\rSave: [ 12 %]\rSave: [ 34 %]', 34],
    ['\rManagedsave: [100 %]\n', 100],
    ['\rManagedsave: [ 101 %]', 100],
    ['error: something', null],
    ['\rManagedsave: [ 4', null],
    ['', null],
  ])('%j is %s', (text, percent) => {
    expect(readPercent(text)).toBe(percent)
  })
})
