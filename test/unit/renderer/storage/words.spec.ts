import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import { nameOfSource, typeText, usedShare } from '../../../../renderer/features/storage/words.ts'
import { examplePool } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

describe('the name that a volume gets', () => {
  it.each([
    ['/home/ana/Downloads/cirros 0.3.img', 'cirros 0.3.img'],
    ['~/a/', 'a'],
    ['https://example.org/releases/disk.qcow2?mirror=1#top', 'disk.qcow2'],
    ['https://example.org/releases/', 'releases'],
    ['/what?is/this?', 'this?'],
    ['', ''],
  ])('of %j is %j', (source, name) => {
    expect(nameOfSource(source)).toBe(name)
  })
})

describe('a pool', () => {
  it('has its type in words where there are words for it', () => {
    expect(typeText(t, { type: 'dir' })).toBe('Folder (dir)')
    expect(typeText(t, { type: 'iscsi-direct' })).toBe('iSCSI without the host (iscsi-direct)')
    expect(typeText(t, { type: 'brand-new' })).toBe('brand-new')
  })

  it('is filled by what is not free, which is not known while it is off', () => {
    expect(usedShare(examplePool({ active: true, capacityBytes: 100, availableBytes: 25 }))).toBe(0.75)
    expect(usedShare(examplePool({ active: false, capacityBytes: 0, availableBytes: 0 }))).toBeNull()
  })
})
