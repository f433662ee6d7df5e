import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { buildFolderPool } from '../../../../../electron/libvirt/pool/index.ts'
import { readPool } from '../../../../../electron/libvirt/pool/read.ts'
import { buildVolume } from '../../../../../electron/libvirt/volume/index.ts'
import { readVolume } from '../../../../../electron/libvirt/volume/read.ts'
import { volumeNames } from '../../../../../electron/libvirt/volume/rows.ts'
import { attr, child, childText, parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { exampleUuid } from '../../../examples.ts'
import { document, fixture } from '../../../fixtures.ts'
import { xmlWords } from '../../../words.ts'

const word = xmlWords(30, 1)

describe('a pool as libvirt describes it', () => {
  it('when it is on', () => {
    expect(readPool(document('storage/pool-on.xml'))).toEqual({
      name: "pool ñ: 'x'", type: 'dir', path: '/home/aula/pool ñ', capacityBytes: 12_638_248_960, allocationBytes: 7_008_256, availableBytes: 12_631_240_704,
    })
  })

  it('when it is off, and of other kinds', () => {
    expect(readPool(document('storage/pool-off.xml'))).toMatchObject({ path: '/home/aula/pool ñ', capacityBytes: 0, availableBytes: 0 })
    expect(readPool(document('storage/pool-test-driver.xml'))).toMatchObject({ name: 'default-pool', path: '/default-pool', availableBytes: 107_374_182_400 })
    expect(readPool(parseXml("<pool type='rbd'><name>r</name><capacity unit='GiB'>1</capacity></pool>"))).toMatchObject({ type: 'rbd', path: null, capacityBytes: 1024 ** 3 })
  })

  it('is made with any name and path', () => {
    fc.assert(
      fc.property(word, word, (name, path) => {
        expect(readPool(parseXml(buildFolderPool({ name, path })))).toMatchObject({ name, path, type: 'dir' })
      }),
    )
    expect(childText(parseXml(buildFolderPool({ name: 'p', path: '/p', uuid: exampleUuid(1) })), 'uuid')).toBe(exampleUuid(1))
    expect(buildFolderPool({ name: 'p', path: '/p' })).not.toContain('uuid')
  })
})

describe('a volume as libvirt describes it', () => {
  it.each([
    ['i-iso', 'iso', 2_097_152, null],
    ['raw-img', 'raw', 3_145_728, null],
    ['plain-qcow2', 'qcow2', 1_048_576, null],
    ['over-qcow2', 'qcow2', 1_048_576, '/home/aula/pool ñ/plain.qcow2'],
  ])('%s is %s', (name, format, capacityBytes, backingPath) => {
    expect(readVolume(document(`storage/volume-${name}.xml`))).toMatchObject({ format, capacityBytes, backingPath })
  })

  it('with a newline in its name', () => {
    expect(readVolume(document('storage/volume-newline.xml'))).toMatchObject({ name: 'new\nline', path: '/home/aula/pool ñ/new\nline', allocationBytes: 200_704 })
  })

  it('is made empty, whatever its name, and stands on a base where asked', () => {
    fc.assert(
      fc.property(word, word, (name, path) => {
        const volume = parseXml(buildVolume({ name, format: 'qcow2', capacityBytes: 7, backing: { path, format: 'raw' } }))
        expect(readVolume(volume)).toMatchObject({ name, format: 'qcow2', capacityBytes: 7, allocationBytes: 0, backingPath: path })
        expect(attr(child(volume, 'backingStore', 'format'), 'type')).toBe('raw')
      }),
      { numRuns: 60 },
    )
    expect(buildVolume({ name: 'v', format: 'raw', capacityBytes: 1 })).not.toContain('backingStore')
  })
})

describe('the table of volumes', () => {
  const folder = '/home/aula/pool ñ'

  it('as it was captured gives every name', () => {
    const names = volumeNames(fixture('virsh/vol-list.txt'), folder)
    const real = [' lead and trail ', '--', ';echo x', '\\x41literal', 'i.iso', `it's "q".img`, 'new\nline', 'over.qcow2', 'plain.qcow2', 'pool ñ', 'raw.img', 'tab\there', 'two  blanks.qcow2', 'ñandú.qcow2']
    expect(names).toEqual(expect.arrayContaining(real))
    // what may be an escape of virsh's is tried both ways; libvirt knows only one of them
    expect(names.filter((name) => !real.includes(name))).toEqual(['\\x5cx41literal', 'new\\x0aline', 'tab\\x09here'])
  })

  it('gives every name that needs no escape back', () => {
    const name = fc.string({ unit: 'grapheme', minLength: 1, maxLength: 20 }).filter((text) => !/[\\/\p{Cc}\u2028\u2029]/u.test(text) && text.trim() === text)
    fc.assert(
      fc.property(fc.uniqueArray(name, { minLength: 1, maxLength: 8 }), fc.constantFrom('/p', '/a b', '/', '/a  b/c'), (names, place) => {
        const width = Math.max(...names.map((text) => text.length))
        const base = place === '/' ? '/' : `${place}/`
        const table = names.map((text) => ` ${text.padEnd(width)}   ${base}${text}\n`).join('')
        expect(volumeNames(table, place)).toEqual(names)
      }),
    )
  })

  it('of a pool without a folder is split at its blanks', () => {
    expect(volumeNames(' unit:0:0:1   /dev/disk/by-path/x\n unit:0:0:2   /dev/disk/by-path/y\n', null)).toEqual(['unit:0:0:1', 'unit:0:0:2'])
    expect(volumeNames('\n\n', '/p')).toEqual([])
  })
})
