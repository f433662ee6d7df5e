import { describe, expect, it } from 'vitest'
import en from '../../../shared/i18n/en/machines.json' with { type: 'json' }
import { displayName, isActive, stateGroup, whyNot, type MachineAction } from '../../../shared/model/domain-rules.ts'
import type { DomainState } from '../../../shared/model/domain.ts'

const states: readonly DomainState[] = ['nostate', 'running', 'blocked', 'paused', 'shutdown', 'shutoff', 'crashed', 'pmsuspended']
const actions: readonly MachineAction[] = ['start', 'suspend', 'resume', 'shutdown', 'reboot', 'destroy', 'reset', 'managedsave', 'discard-save', 'delete']
const machine = (state: DomainState, more: object = {}) => ({ state, persistent: true, saved: false, ...more })

/** Actions that are possible. */
const possible = (state: DomainState, more: object = {}): MachineAction[] => actions.filter((action) => whyNot(action, machine(state, more)) === null)

describe('what may be done to a machine', () => {
  it.each([
    ['shutoff', ['start', 'delete']],
    ['nostate', ['start', 'delete']],
    ['running', ['suspend', 'shutdown', 'reboot', 'destroy', 'reset', 'managedsave']],
    ['blocked', ['suspend', 'shutdown', 'reboot', 'destroy', 'reset', 'managedsave']],
    ['paused', ['resume', 'destroy', 'reset', 'managedsave']],
    ['pmsuspended', ['resume', 'destroy', 'reset', 'managedsave']],
    ['shutdown', ['shutdown', 'reboot', 'destroy', 'reset', 'managedsave']],
    ['crashed', ['destroy', 'reset']],
  ] as const)('that is %s', (state, allowed) => {
    expect(possible(state)).toEqual(allowed)
  })

  it('that was saved: throw that away, only while it is off', () => {
    expect(possible('shutoff', { saved: true })).toContain('discard-save')
    expect(possible('running', { saved: true })).not.toContain('discard-save')
  })

  it('that is not kept: no save', () => {
    expect(whyNot('managedsave', machine('running', { persistent: false }))).toBe('transient')
  })

  it('or why not, by a word that has a sentence', () => {
    expect(whyNot('start', machine('paused'))).toBe('already-running')
    expect(whyNot('suspend', machine('shutdown'))).toBe('shutting-down')
    expect(whyNot('suspend', machine('paused'))).toBe('paused')
    expect(whyNot('resume', machine('running'))).toBe('not-paused')
    expect(whyNot('resume', machine('crashed'))).toBe('not-running')
    expect(whyNot('reboot', machine('paused'))).toBe('paused')
    expect(whyNot('delete', machine('running'))).toBe('running')
    const reasons = new Set(states.flatMap((state) => [true, false].flatMap((persistent) => actions.map((action) => whyNot(action, machine(state, { persistent }))))))
    reasons.delete(null)
    expect([...reasons].filter((reason) => reason !== null && !(reason in en.why))).toEqual([])
  })
})

describe('the group of a state', () => {
  it.each([
    ['running', false, 'running'],
    ['blocked', false, 'running'],
    ['shutdown', false, 'running'],
    ['paused', false, 'paused'],
    ['pmsuspended', false, 'paused'],
    ['shutoff', false, 'off'],
    ['shutoff', true, 'saved'],
    ['crashed', false, 'crashed'],
    ['crashed', true, 'crashed'],
    ['running', true, 'running'],
    ['nostate', false, 'off'],
  ] as const)('%s (saved: %s) is %s', (state, saved, group) => {
    expect(stateGroup({ state, saved })).toBe(group)
  })

  it('has a process or not', () => {
    expect(states.filter((state) => isActive({ state }))).toEqual(['running', 'blocked', 'paused', 'shutdown', 'crashed', 'pmsuspended'])
  })
})

describe('what a person calls a machine', () => {
  it('is its title, else its name', () => {
    expect(displayName({ name: 'one', title: 'The one' })).toBe('The one')
    expect(displayName({ name: 'one', title: null })).toBe('one')
  })
})
