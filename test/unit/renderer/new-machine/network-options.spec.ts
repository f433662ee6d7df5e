import { describe, expect, it } from 'vitest'
import { networkEntry, networkOf, networkOptions, networkValue, typesName } from '../../../../renderer/features/new-machine/network-options.ts'
import type { SourceChoice } from '../../../../shared/model/card-rules.ts'
import type { MachinePlan } from '../../../../shared/model/plan.ts'

const entry = (name: string, code?: 'in-a-bridge' | 'device-is-bridge'): NonNullable<SourceChoice['entries']>[number] => ({ name, note: null, obstacle: code ? { code, params: { bridge: 'br0' } } : null })
const sources: readonly SourceChoice[] = [
  { type: 'network', obstacle: { code: 'session-networks', params: {} }, entries: [entry('default')] },
  { type: 'bridge', obstacle: null, entries: [entry('br0')] },
  { type: 'direct', obstacle: null, entries: [entry('a:b'), entry('enp2s0', 'in-a-bridge'), entry('br0', 'device-is-bridge')] },
  { type: 'user', obstacle: null, entries: [] },
]
const typed = sources.map((one) => (one.type === 'bridge' ? { ...one, entries: null } : one))

describe('the list of networks for a new machine', () => {
  it('has every entry, and at its end what cannot be had, one option a kind, and why', () => {
    expect(networkOptions(sources).map(({ value, obstacle }) => [value, obstacle?.code ?? null])).toEqual([
      ['bridge:br0', null],
      ['direct:a:b', null],
      ['user', null],
      ['none', null],
      ['network', 'session-networks'],
      ['direct:enp2s0', 'in-a-bridge'],
    ])
  })

  it('leads from a plan to its option and back, whatever the name', () => {
    const plans: readonly MachinePlan['network'][] = [{ kind: 'bridge', name: 'br0' }, { kind: 'direct', name: 'a:b' }, { kind: 'network', name: 'x' }, { kind: 'user' }, { kind: 'none' }]
    for (const plan of plans) expect(networkOf(networkValue(plan, sources))).toEqual(plan)
    expect(networkEntry({ kind: 'direct', name: 'a:b' }, sources)?.name).toBe('a:b')
    expect(networkEntry({ kind: 'none' }, sources)).toBeNull()
  })

  it('where the host cannot be looked at has one option for all names, which are typed', () => {
    expect(networkOptions(typed).map(({ value }) => value)).toContain('bridge')
    expect(networkOf('bridge')).toEqual({ kind: 'bridge', name: '' })
    expect(networkValue({ kind: 'bridge', name: 'br7' }, typed)).toBe('bridge')
    expect([typesName({ kind: 'bridge', name: 'br7' }, typed), typesName({ kind: 'bridge', name: 'br0' }, sources)]).toEqual([true, false])
  })

  it('of a host of which libvirt tells something has its entries, and one option for what else is there', () => {
    const open = sources.map((one) => (one.type === 'bridge' ? { ...one, open: true } : one))
    expect(networkOptions(open).map(({ value }) => value).slice(0, 2)).toEqual(['bridge:br0', 'bridge'])
    expect([typesName({ kind: 'bridge', name: 'br0' }, open), typesName({ kind: 'bridge', name: '' }, open)]).toEqual([false, true])
    expect([networkValue({ kind: 'bridge', name: 'br0' }, open), networkValue({ kind: 'bridge', name: 'br' }, open)]).toEqual(['bridge:br0', 'bridge'])
  })
})
