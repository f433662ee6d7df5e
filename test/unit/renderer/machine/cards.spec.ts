import { describe, expect, it } from 'vitest'
import { changeOf, chosenSource, formOf, newCard, stateOf, whenOf } from '../../../../renderer/features/machine/cards/form.ts'
import { listedCards } from '../../../../renderer/features/machine/cards/words.ts'
import type { SourceChoice } from '../../../../shared/model/card-rules.ts'
import { exampleConfig, exampleInterface, exampleNetwork, exampleUuid } from '../../examples.ts'

const entry = (name: string, more: Partial<NonNullable<SourceChoice['entries']>[number]> = {}) => ({ name, obstacle: null, note: null, ...more })
const choices: readonly SourceChoice[] = [
  { type: 'network', obstacle: null, entries: [entry('apagada', { note: 'starts' }), entry('aula'), entry('default')] },
  { type: 'bridge', obstacle: { code: 'no-bridges', params: {} }, entries: [] },
  { type: 'direct', obstacle: null, entries: [entry('enp2s0', { obstacle: { code: 'in-a-bridge', params: { bridge: 'br0' } } }), entry('enp1s0')] },
  { type: 'user', obstacle: null, entries: [] },
]
const around = { choices, networks: ['aula', 'default'].map((name) => exampleNetwork({ name })), machines: [], uuid: exampleUuid(1), on: true }
const onAula = exampleInterface({ type: 'network', source: 'aula' })

describe('the cards of a machine', () => {
  it('are those that run, then those that come', () => {
    const coming = exampleInterface({ mac: '52:54:00:00:00:02' })
    const live = exampleConfig({ interfaces: [onAula, exampleInterface({ mac: '52:54:00:00:00:03' })] })
    const config = exampleConfig({ interfaces: [{ ...onAula, linkUp: false }, coming] })
    expect(listedCards({ live, config }).map(({ live: now, next }) => [now?.mac ?? null, next?.mac ?? null])).toEqual([
      ['52:54:00:00:00:01', '52:54:00:00:00:01'],
      ['52:54:00:00:00:03', null],
      [null, '52:54:00:00:00:02'],
    ])
    expect(listedCards({ live: null, config: null })).toEqual([])
  })
})

describe('a new card', () => {
  it('is on default where that is on, else in user mode', () => {
    const form = newCard(choices)
    expect(chosenSource(form)).toEqual({ type: 'network', network: 'default' })
    expect(stateOf(form, null, around)).toMatchObject({ ready: true, moment: 'now', mac: null })
    expect(stateOf(form, null, { ...around, on: false }).moment).toBe('off')
    const session = choices.map((one) => (one.type === 'user' ? one : { ...one, obstacle: { code: 'session-networks' as const, params: {} } }))
    expect(chosenSource(newCard(session))).toEqual({ type: 'user' })
  })

  it('cannot be made where its source or its MAC cannot be had', () => {
    const form = newCard(choices)
    expect(stateOf({ ...form, type: 'bridge' }, null, around).ready).toBe(false)
    expect(stateOf({ ...form, type: 'direct', names: { ...form.names, direct: 'enp2s0' } }, null, around).ready).toBe(false)
    expect(stateOf({ ...form, type: 'direct' }, null, around).ready).toBe(true)
    expect(stateOf({ ...form, mac: '53:54:00:00:00:01' }, null, around)).toMatchObject({ ready: false, mac: { code: 'multicast' } })
    expect(stateOf({ ...form, mac: '52-54-00-00-00-01' }, null, around).ready).toBe(true)
  })
})

describe('a card that is changed', () => {
  const card = { live: onAula, next: onAula, shown: onAula }
  const form = formOf(onAula, choices)

  it('is not, before anything is', () => {
    expect(changeOf(form, onAula, choices)).toEqual({})
    expect(stateOf(form, card, around)).toMatchObject({ ready: false, moment: 'stored' })
  })

  it('changes what was changed alone, at once where libvirt can', () => {
    const moved = { ...form, names: { ...form.names, network: 'default' } }
    expect(stateOf(moved, card, around)).toMatchObject({ change: { source: { type: 'network', network: 'default' } }, ready: true, moment: 'now' })
    expect(whenOf(moved, 'now')).toBe('now')
    const user = { ...form, type: 'user' as const, linkUp: false }
    expect(stateOf(user, card, around)).toMatchObject({ change: { source: { type: 'user' }, linkUp: false }, moment: 'ask' })
    expect(whenOf({ ...user, when: 'replug' }, 'ask')).toBe('replug')
  })

  it('in user mode becomes passt’s, or stays so', () => {
    const slirp = exampleInterface({ type: 'user', source: null })
    const own = { live: slirp, next: slirp, shown: slirp }
    expect(stateOf({ ...formOf(slirp, choices), passt: true }, own, around)).toMatchObject({ change: { source: { type: 'user', passt: true } }, ready: true, moment: 'ask' })
    const passt = { ...slirp, passt: true }
    expect(stateOf({ ...formOf(passt, choices), linkUp: false }, { live: passt, next: passt, shown: passt }, around).change).toEqual({ linkUp: false })
  })

  it('goes on from what is stored: back to what runs is a change of the next start alone', () => {
    const next = exampleInterface({ type: 'user', source: null })
    const back = { ...formOf(next, choices), type: 'network' as const, names: { ...form.names, network: 'aula' } }
    expect(stateOf(back, { live: onAula, next, shown: onAula }, around)).toMatchObject({ ready: true, moment: 'stored' })
    expect(whenOf(back, 'stored')).toBe('next-start')
  })
})
