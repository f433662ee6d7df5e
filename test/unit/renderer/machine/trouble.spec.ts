import { describe, expect, it } from 'vitest'
import { troubleOf } from '../../../../renderer/features/machine/trouble.ts'
import { isActive, stateGroup, whyNot } from '../../../../shared/model/domain-rules.ts'

describe('what a state says of trouble', () => {
  it.each([
    ['paused', 'I/O error', 'disk'],
    ['paused', 'user', null],
    ['crashed', 'panicked', 'panicked'],
    ['shutoff', 'crashed', 'crashed'],
    ['shutoff', 'failed', 'failed'],
    ['shutoff', 'destroyed', null],
    ['shutoff', null, null],
    ['running', 'crashed', null],
  ] as const)('%s (%s): %s', (state, reason, trouble) => {
    expect(troubleOf({ state, reason })).toBe(trouble)
  })
})

it('takes a machine whose system has crashed for one that is on: it can be forced off and reset, not started', () => {
  const crashed = { state: 'crashed', persistent: true, saved: false } as const
  expect([isActive(crashed), stateGroup(crashed)]).toEqual([true, 'crashed'])
  const allowed = (['start', 'suspend', 'resume', 'shutdown', 'reboot', 'destroy', 'reset', 'managedsave', 'delete'] as const).filter(
    (action) => whyNot(action, crashed) === null,
  )
  expect(allowed).toEqual(['destroy', 'reset'])
})
