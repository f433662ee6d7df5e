import { inflateSync } from 'node:zlib'
import { PNG } from 'pngjs'
import { describe, expect, it } from 'vitest'
import { crc32Of } from '../../../../../electron/libvirt/domain/crc.ts'
import { pngFromPpm } from '../../../../../electron/libvirt/domain/ppm.ts'

const ppm = (header: string, pixels: readonly number[]): Uint8Array => Buffer.concat([Buffer.from(header, 'latin1'), Buffer.from(pixels)])
/** Two rows of three points, all different. */
const pixels = Array.from({ length: 18 }, (_, index) => index * 14)

describe('a picture of an older QEMU', () => {
  it.each(['P6\n3 2\n255\n', 'P6 3 2 255 ', 'P6\n# CREATOR: QEMU\n3 2\n255\n'])('%j becomes the same picture as PNG', (header) => {
    const png = PNG.sync.read(Buffer.from(pngFromPpm(ppm(header, pixels))))
    expect([png.width, png.height]).toEqual([3, 2])
    const points = [...png.data].filter((_, index) => index % 4 !== 3)
    expect(points).toEqual(pixels)
  })

  it('may begin with points that look like white space', () => {
    const png = PNG.sync.read(Buffer.from(pngFromPpm(ppm('P6\n1 1\n255\n', [10, 32, 13]))))
    expect([...png.data.subarray(0, 3)]).toEqual([10, 32, 13])
  })

  it('that is none is refused', () => {
    for (const header of ['P5\n1 1\n255\n', 'P6\n1 1\n65535\n', '\x89PNG', '']) {
      expect(() => pngFromPpm(ppm(header, [0, 0, 0]))).toThrowError(expect.objectContaining({ code: 'file-wrong-kind' }))
    }
  })
})

describe('the check sum of a PNG', () => {
  it('is that of its specification', () => {
    expect(crc32Of(Buffer.from('123456789'))).toBe(0xcbf43926)
    expect(crc32Of(Buffer.from('IEND'))).toBe(0xae426082)
    expect(crc32Of(new Uint8Array())).toBe(0)
    expect(inflateSync(pngFromPpm(ppm('P6\n1 1\n255\n', [1, 2, 3])).subarray(41, -16))).toEqual(Buffer.from([0, 1, 2, 3]))
  })
})
