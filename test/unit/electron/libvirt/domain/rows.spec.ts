import { describe, expect, it } from 'vitest'
import { overviewOf, readInfo, readList, readSizes } from '../../../../../electron/libvirt/domain/rows.ts'
import { readStates } from '../../../../../electron/libvirt/domain/state.ts'
import { exampleUuid } from '../../../examples.ts'

const flags = { autostart: new Set([exampleUuid(1)]), persistent: new Set([exampleUuid(1), exampleUuid(2)]), saved: new Set([exampleUuid(2)]) }
const state = (name: string, number: number): string => `Domain: '${name}'\n  state.state=${String(number)}\n  state.reason=1\n\n`
const size = (name: string, vcpus: number, memory: number): string =>
  `Domain: '${name}'\n  balloon.current=${String(memory)}\n  balloon.maximum=9\n  vcpu.current=${String(vcpus)}\n  vcpu.maximum=9\n\n`

const overview = (list: string, states: string, sizes: string) => overviewOf({ connection: 'c1' }, { listed: readList(list), states: readStates(states), sizes: readSizes(sizes), flags })

describe('machines before their documents', () => {
  it('have names, numbers, states, flags, CPUs and memory, and say that they are not complete', () => {
    const { rows, uuids } = overview(
      `${exampleUuid(1)} 12 one\n${exampleUuid(2)} - two\n\n`,
      state('one', 1) + state('two', 5),
      size('one', 2, 1024) + size('two', 4, 2048),
    )
    expect(uuids).toEqual([exampleUuid(1), exampleUuid(2)])
    const empty = { complete: false, title: null, osId: null, addresses: [], displays: [], hasSerial: false, networks: [], cards: [] }
    expect(rows).toEqual([
      { ...empty, connection: 'c1', uuid: exampleUuid(1), name: 'one', id: 12, state: 'running', reason: 'booted', vcpus: 2, memoryKiB: 1024, autostart: true, persistent: true, saved: false },
      { ...empty, connection: 'c1', uuid: exampleUuid(2), name: 'two', id: null, state: 'shutoff', reason: 'shutdown', vcpus: 4, memoryKiB: 2048, autostart: false, persistent: true, saved: true },
    ])
  })

  it.each([' lead', 'trail ', 'a\tb "q" \'x\'', '-dash ñ', '7 - seven', "it's' x"])('are known by any name: %j', (name) => {
    expect(overview(`${exampleUuid(1)} - ${name}\n`, state(name, 5), size(name, 1, 64)).rows).toMatchObject([{ name, vcpus: 1, memoryKiB: 64 }])
  })

  it('are none where the driver tells no sizes, and without one that came or went between the questions', () => {
    const list = `${exampleUuid(1)} 1 one\n${exampleUuid(2)} 2 two\n`
    expect(overview(list, state('one', 1) + state('two', 1), "Domain: 'one'\nDomain: 'two'\n")).toMatchObject({ rows: [], uuids: [exampleUuid(1), exampleUuid(2)] })
    expect(overview(list, state('two', 1), size('two', 1, 1) + size('three', 1, 1)).rows.map((row) => row.name)).toEqual(['two'])
  })
})

it('the sizes of a running machine are what libvirt knows without asking its QEMU', () => {
  expect(readInfo('Id:             7\nName:           CPU(s): 9\nCPU(s):         2\nMax memory:     4096 KiB\nUsed memory:    2048 KiB\n')).toEqual({ vcpus: 2, memoryKiB: 2048 })
  expect(readInfo('Name: x\n')).toBeNull()
})
