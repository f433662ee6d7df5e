import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import {
  countStates,
  filterMachines,
  nextSorting,
  sortMachines,
  type SortKey,
  type Sorting,
} from '../../../../renderer/features/machines/list.ts'
import type { DomainSummary } from '../../../../shared/model/domain.ts'
import { exampleDomain, exampleUuid } from '../../examples.ts'

let made = 0
const machine = (name: string, more: Partial<DomainSummary> = {}): DomainSummary =>
  exampleDomain({ uuid: exampleUuid((made += 1)), name, ...more })

const names = (machines: readonly DomainSummary[]): readonly string[] => machines.map((one) => one.name)
const by = (key: SortKey, descending = false): Sorting => ({ key, descending })

const address = (text: string): DomainSummary['addresses'] => [
  { address: text, prefix: 24, mac: null, origin: 'lease' },
]

describe('searching machines', () => {
  const web = machine('web', {
    title: 'Máquina del curso',
    state: 'running',
    addresses: address('192.168.122.7'),
    networks: ['aula'],
  })
  const database = machine('db2')
  const found = (text: string): readonly string[] =>
    names(
      filterMachines([web, database], { text, state: 'all' }, (one) =>
        one.state === 'running' ? 'Encendida' : 'Apagada',
      ),
    )

  it.each(['maquina', 'CURSO', 'web', '122.7', 'aula', 'encendida', 'máq web', web.uuid])(
    'finds it by "%s"',
    (text) => {
      expect(found(text)).toEqual(['web'])
    },
  )

  it('wants every word', () => expect(found('maquina db2')).toEqual([]))

  it('finds all by nothing', () => expect(found('   ')).toEqual(['web', 'db2']))
})

describe('machines whose documents are still being read', () => {
  const early = (name: string): DomainSummary => machine(name, { complete: false })

  it('are found by their names', () => {
    expect(names(filterMachines([early('web'), early('db')], { text: 'WEB', state: 'all' }, () => ''))).toEqual(['web'])
  })

  it('stand by their names until all titles are known, with those that have one', () => {
    const titled = machine('c', { title: 'A first' })
    expect(names(sortMachines([titled, early('b'), early('a')], by('title')))).toEqual(['a', 'b', 'c'])
    expect(names(sortMachines([titled, machine('b'), machine('a')], by('title')))).toEqual(['a', 'c', 'b'])
    expect(names(sortMachines([titled, early('b'), early('a')], by('state')))).toEqual(['a', 'b', 'c'])
  })

  it('come after every address that is known', () => {
    expect(names(sortMachines([early('a'), machine('b', { addresses: address('10.0.0.2') })], by('address')))).toEqual(['b', 'a'])
  })
})

describe('the segments over the list', () => {
  const all = [
    machine('on', { state: 'running' }),
    machine('busy', { state: 'blocked' }),
    machine('going', { state: 'shutdown' }),
    machine('still', { state: 'paused' }),
    machine('asleep', { state: 'pmsuspended' }),
    machine('kept', { saved: true }),
    machine('off'),
    machine('dead', { state: 'crashed' }),
  ]

  it.each([
    ['all', names(all)],
    ['running', ['on', 'busy', 'going']],
    ['paused', ['still', 'asleep']],
    ['off', ['kept', 'off']],
    ['crashed', ['dead']],
  ] as const)('%s', (state, expected) => {
    const shown = filterMachines(all, { text: '', state }, () => '')
    expect(names(shown)).toEqual(expected)
    expect(countStates(all)[state]).toBe(expected.length)
  })
})

describe('sorting machines', () => {
  it('takes the title before the name, numbers by value', () => {
    const machines = [machine('c', { title: 'VM 10' }), machine('vm 9'), machine('a', { title: 'vm 2' })]
    expect(names(sortMachines(machines, by('title')))).toEqual(['a', 'vm 9', 'c'])
    expect(names(sortMachines(machines, by('name')))).toEqual(['a', 'c', 'vm 9'])
  })

  it('puts what has no value last in either direction', () => {
    const machines = [
      machine('none'),
      machine('high', { id: 10, state: 'running' }),
      machine('low', { id: 2, state: 'running' }),
    ]
    expect(names(sortMachines(machines, by('id')))).toEqual(['low', 'high', 'none'])
    expect(names(sortMachines(machines, by('id', true)))).toEqual(['high', 'low', 'none'])
  })

  it('goes from running to crashed', () => {
    const machines = [
      machine('dead', { state: 'crashed' }),
      machine('off'),
      machine('on', { state: 'running' }),
      machine('kept', { saved: true }),
      machine('still', { state: 'paused' }),
    ]
    expect(names(sortMachines(machines, by('state')))).toEqual(['on', 'still', 'kept', 'off', 'dead'])
  })

  it('takes the name of the connection, and addresses by their numbers', () => {
    const machines = [
      machine('b', { connection: 'c2', addresses: address('10.0.0.10') }),
      machine('a', { connection: 'c1', addresses: address('10.0.0.9') }),
    ]
    expect(
      names(sortMachines(machines, by('connection'), (one) => (one.connection === 'c1' ? 'Zoo' : 'Aula'))),
    ).toEqual(['b', 'a'])
    expect(names(sortMachines(machines, by('address')))).toEqual(['a', 'b'])
  })

  it('stands still: equal ones by title, then by UUID, from whichever order', () => {
    const machines = fc.array(
      fc.record({
        number: fc.integer({ min: 1, max: 30 }),
        name: fc.constantFrom('a', 'b'),
        vcpus: fc.constantFrom(1, 2),
      }),
    )
    fc.assert(
      fc.property(
        machines,
        fc.constantFrom<SortKey>('vcpus', 'name', 'state', 'id'),
        fc.boolean(),
        (given, key, descending) => {
          const list = [...new Map(given.map((one) => [one.number, one])).values()].map(({ number, name, vcpus }) =>
            exampleDomain({ uuid: exampleUuid(number), name, vcpus }),
          )
          const uuids = (sorted: readonly DomainSummary[]) => sorted.map((one) => one.uuid)
          expect(uuids(sortMachines(list.toReversed(), by(key, descending)))).toEqual(
            uuids(sortMachines(list, by(key, descending))),
          )
        },
      ),
    )
  })

  it('turns round at the second click on a head, and begins with the largest number', () => {
    expect(nextSorting(by('title'), 'title')).toEqual(by('title', true))
    expect(nextSorting(by('title', true), 'title')).toEqual(by('title'))
    expect([nextSorting(by('title'), 'memory'), nextSorting(by('title'), 'name')]).toEqual([
      by('memory', true),
      by('name'),
    ])
  })
})
