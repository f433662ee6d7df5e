import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { readEventLine } from '../../../../electron/libvirt/event-lines.ts'
import { fixture } from '../../fixtures.ts'

const at = '2026-11-21 14:39:11.031+0000'
const read = (path: string) => fixture(path).trim().split('\n').map(readEventLine)

describe('lines of virsh event', () => {
  it('as they were captured', () => {
    const hints = read('virsh/events.txt')
    expect(hints.every((hint) => hint?.kind === 'domain' && ['rich & "full"', 'uefi'].includes(hint.name))).toBe(true)
    expect(hints).toContainEqual({ kind: 'domain', name: 'rich & "full"', event: 'lifecycle', detail: 'Stopped Destroyed' })
    expect(hints).toContainEqual({ kind: 'domain', name: 'rich & "full"', event: 'metadata-change', detail: 'type title, uri <null>' })
    expect(hints).toContainEqual({ kind: 'domain', name: 'uefi', event: 'lifecycle', detail: 'Started Booted' })
  })

  it('of networks and pools', () => {
    expect(read('virsh/net-events.txt').map((hint) => `${hint?.kind} ${hint?.name} ${hint?.detail}`)).toEqual([
      'network nat6 Defined', 'network isolated Defined', 'network alone Defined', 'network routed Defined', 'network open Defined', 'network bridged Defined',
      'network macvtap Defined', 'network isolated Started', 'network isolated Stopped', 'network alone Undefined',
    ])
    expect(read('virsh/pool-events.txt').map((hint) => `${hint?.kind} ${hint?.name} ${hint?.event} ${hint?.detail}`)).toEqual(
      ['Defined', 'Started', 'Stopped', 'Undefined'].map((word) => `pool pool ñ: 'x' lifecycle ${word}`),
    )
    expect(read('virsh/refresh-events.txt')).toEqual([{ kind: 'pool', name: "pool ñ: 'x'", event: 'refresh', detail: '' }])
  })

  it('that announce nothing are none', () => {
    for (const text of ['', 'event loop interrupted', 'events received: 3', "event 'lifecycle' for domain 'one': Started Booted", `${at}: something else`]) {
      expect(readEventLine(text), text).toBeNull()
    }
  })

  it.each([
    ["event 'reboot' for domain 'one'", 'one', ''],
    ["event 'tray-change' for domain 'one' disk ide0-1-0: opened", 'one', 'disk ide0-1-0: opened'],
    ["event 'job-completed' for domain 'one':", 'one', ''],
    ["event 'migration-iteration' for domain 'one': iteration: '3'", 'one', "iteration: '3'"],
    ["event 'lifecycle' for domain 'it's: 'x'': Stopped Saved", "it's: 'x'", 'Stopped Saved'],
    ["event 'balloon-change' for domain '-x': 65536KiB", '-x', '65536KiB'],
  ])('%s', (text, name, detail) => {
    expect(readEventLine(`${at}: ${text}`)).toMatchObject({ kind: 'domain', name, detail })
  })

  it('give any name of a machine back', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 30 }).filter((text) => !/[\n\r/\u2028\u2029]/.test(text))
    fc.assert(
      fc.property(name, (text) => {
        expect(readEventLine(`${at}: event 'lifecycle' for domain '${text}': Started Booted`)).toEqual({ kind: 'domain', name: text, event: 'lifecycle', detail: 'Started Booted' })
        expect(readEventLine(`${at}: event 'lifecycle' for network ${text}: Started`)).toEqual({ kind: 'network', name: text, event: 'lifecycle', detail: 'Started' })
        expect(readEventLine(`${at}: event 'refresh' for storage pool ${text}`)).toEqual({ kind: 'pool', name: text, event: 'refresh', detail: '' })
      }),
    )
  })
})
