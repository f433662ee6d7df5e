import { beforeEach, describe, expect, it } from 'vitest'
import { LeaveKeys } from '../../../../renderer/features/console/keyboard/leave-keys.ts'

let keys: LeaveKeys
beforeEach(() => {
  keys = new LeaveKeys()
})

/** Presses and releases, as "+ControlLeft -ControlLeft"; answers which of the events gave the keyboard back. */
function leavingAt(events: string): number[] {
  const leaves: number[] = []
  for (const [index, event] of events.split(' ').entries()) {
    if (event.startsWith('+')) keys.down(event.slice(1))
    else if (keys.up(event.slice(1))) leaves.push(index)
  }
  return leaves
}

describe('Ctrl and Alt give the keyboard back', () => {
  it.each([
    '+ControlLeft +AltLeft -AltLeft -ControlLeft',
    '+ControlLeft +AltLeft -ControlLeft -AltLeft',
    '+AltLeft +ControlLeft -ControlLeft -AltLeft',
    '+ControlRight +AltLeft -AltLeft -ControlRight',
    '+ControlLeft +ControlLeft +AltLeft +AltLeft -AltLeft -ControlLeft',
  ])('when the last of them is up: %s', (events) => {
    expect(leavingAt(events)).toEqual([events.split(' ').length - 1])
  })

  it('again and again', () => {
    const once = '+ControlLeft +AltLeft -AltLeft -ControlLeft'
    expect(leavingAt(`${once} ${once}`)).toEqual([3, 7])
  })

  it('after a combination that did not', () => {
    const events = '+ControlLeft +AltLeft +Delete -Delete -AltLeft -ControlLeft +ControlLeft +AltLeft -AltLeft -ControlLeft'
    expect(leavingAt(events)).toEqual([9])
  })
})

describe('the guest keeps it', () => {
  it.each([
    ['one key alone', '+ControlLeft -ControlLeft +AltLeft -AltLeft'],
    ['a combination with a further key', '+ControlLeft +AltLeft +F2 -F2 -AltLeft -ControlLeft'],
    ['a further key released last', '+ControlLeft +AltLeft +KeyA -ControlLeft -AltLeft -KeyA'],
    ['a further key that was down before', '+KeyA +ControlLeft +AltLeft -KeyA -AltLeft -ControlLeft'],
    ['AltGr', '+AltRight -AltRight'],
    ['AltGr as Ctrl and Alt of Windows', '+ControlLeft +AltRight +Digit2 -Digit2 -AltRight -ControlLeft'],
    ['AltGr as Ctrl and Alt, pressed alone', '+ControlLeft +AltRight -AltRight -ControlLeft'],
    ['a letter', '+KeyA -KeyA'],
  ])('with %s', (_what, events) => {
    expect(leavingAt(events)).toEqual([])
  })
})

it('what is held is told, and forgotten when the focus goes', () => {
  leavingAt('+ControlLeft +AltLeft +Tab -Tab')
  expect(keys.held).toEqual(['ControlLeft', 'AltLeft'])
  keys.reset()
  expect(keys.held).toEqual([])
  expect(leavingAt('-AltLeft -ControlLeft')).toEqual([])
})
