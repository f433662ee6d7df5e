import fc from 'fast-check'
import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { positionOf, sizeAt, sizeStops } from '../../../../renderer/ui/sizes.ts'
import { fileName, filterMedia, folderOf, withTilde } from '../../../../renderer/features/new-machine/sources.ts'
import { targetChoices, targetOf, targetValue } from '../../../../renderer/features/new-machine/targets.ts'
import { mediaTitle } from '../../../../renderer/features/new-machine/words.ts'
import { findingText } from '../../../../renderer/ui/message-text.ts'
import { exampleIso, examplePlan, exampleProposal, exampleSystem } from '../../examples.ts'
import { speak } from '../words.ts'

describe('the stops of a slider of sizes', () => {
  it('double, with three steps between, and end where the range ends', () => {
    expect(sizeStops({ min: 512, max: 5_000 }, 1_024)).toEqual([512, 1_024, 2_048, 3_072, 4_096, 5_000])
    expect(sizeStops({ min: 4, max: 16 }, 1)).toEqual([4, 5, 6, 7, 8, 10, 12, 14, 16])
  })

  it('are the one size there is where there is no range', () => {
    expect(sizeStops({ min: 8, max: 8 }, 1)).toEqual([8])
    expect(sizeStops({ min: 9, max: 8 }, 1)).toEqual([8])
  })

  it('lead from a size to its place and back', () => {
    const stops = [1, 2, 4, 8]
    expect([1, 2, 3, 8, 0, 99].map((size) => positionOf(size, stops))).toEqual([0, 1, 1.5, 3, 0, 3])
    expect([0, 3, -1, 9].map((position) => sizeAt(position, stops))).toEqual([1, 8, 1, 8])
    expect([positionOf(5, []), sizeAt(0, [])]).toEqual([0, 0])
  })

  it('ascend, lie in the range and hold both ends, whatever the range', () => {
    fc.assert(
      fc.property(
        fc.integer({ min: 1, max: 1e6 }),
        fc.integer({ min: 0, max: 1e6 }),
        fc.constantFrom(1, 64, 1_024),
        (min, more, unit) => {
          const stops = sizeStops({ min, max: min + more }, unit)
          expect([stops[0], stops.at(-1)]).toEqual([min, min + more])
          expect(stops.every((stop, index) => index === 0 || stop > (stops[index - 1] ?? stop))).toBe(true)
          expect(stops.every((stop) => sizeAt(positionOf(stop, stops), stops) === stop)).toBe(true)
        },
      ),
    )
  })
})

describe('paths', () => {
  it('have a file and a folder', () => {
    expect(['/a/b.iso', 'b.iso', '/', '/a/'].map(fileName)).toEqual(['b.iso', 'b.iso', '/', '/a/'])
    expect(['/a/b.iso', '/b.iso', '/a/b/c'].map(folderOf)).toEqual(['/a', '/', '/a/b'])
  })

  it('in the home folder are shortened', () => {
    const home = '/home/alumna'
    expect([withTilde(`${home}/a.iso`, home), withTilde(home, home), withTilde('/home/alumnado/a', home)]).toEqual([
      '~/a.iso',
      '~',
      '/home/alumnado/a',
    ])
    expect([withTilde('/a', ''), withTilde('/a', '/')]).toEqual(['/a', '/a'])
  })
})

describe('the list of media', () => {
  const debian = exampleIso({ path: '/isos/Debian Málaga.iso', modifiedAt: 1, system: exampleSystem, pool: 'isos' })
  const other = exampleIso({ path: '/downloads/x.iso', modifiedAt: 2 })
  const paths = (text: string, media = [debian, other]) => filterMedia(media, text).map((file) => file.path)

  it('is newest first, each file once', () => {
    expect(paths('', [debian, other, { ...debian, origin: 'pool' }])).toEqual([other.path, debian.path])
  })

  it.each(['malaga', 'DEBIAN 11', 'debian11', 'isos málaga', 'iso debian'])(
    'is searched by system, file, folder and pool: "%s"',
    (text) => {
      expect(paths(text)).toEqual([debian.path])
    },
  )

  it('wants every word', () => expect(paths('debian fedora')).toEqual([]))

  it('names a medium by its system, else by its file', () => {
    expect([mediaTitle(debian), mediaTitle(other)]).toEqual(['Debian 11', 'x.iso'])
  })
})

describe('where a disk can lie', () => {
  const { pools } = exampleProposal()

  it('is any pool, a default one where there is none of that name, and the folder that was picked', () => {
    const plan = examplePlan({ target: { kind: 'folder', path: '/data/a:b' } })
    expect(targetChoices({ plan, proposal: exampleProposal() }).map((choice) => choice.value)).toEqual([
      'pool:default',
      'folder:/data/a:b',
    ])
    const bare = exampleProposal({ pools: [], defaultPoolPath: '/images' })
    expect(targetChoices({ plan: examplePlan(), proposal: bare })).toEqual([
      { kind: 'new-default', value: 'new-default', path: '/images' },
    ])
    const others = exampleProposal({ pools: pools.map((pool) => ({ ...pool, name: 'isos', active: false })) })
    expect(targetChoices({ plan: examplePlan(), proposal: others }).map((choice) => choice.value)).toEqual([
      'pool:isos',
      'new-default',
    ])
  })

  it.each([
    { target: { kind: 'pool' as const, pool: 'default' }, createDefaultPool: true },
    { target: { kind: 'pool' as const, pool: 'a:b' }, createDefaultPool: false },
    { target: { kind: 'folder' as const, path: '/a:b/c' }, createDefaultPool: false },
  ])('is the same as a value of the choice and in the plan: %j', (target) => {
    expect(targetOf(targetValue(target))).toEqual(target)
  })
})

describe('a sentence that came as data', () => {
  beforeAll(() => speak('en').then(() => undefined))
  const told = ((key: string, params: object) => JSON.stringify([key, params])) as unknown as TFunction

  it('has sizes written as such', () => {
    const params = { freeBytes: 1_536, memoryKiB: 2_048, count: 3, name: 'x' }
    expect(findingText(told, { code: 'a-code', params })).toBe(
      JSON.stringify(['findings:a-code', { freeBytes: '1.5\u00a0KiB', memoryKiB: '2\u00a0MiB', count: 3, name: 'x' }]),
    )
  })
})
