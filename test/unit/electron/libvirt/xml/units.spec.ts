import { describe, expect, it } from 'vitest'
import { parseXml } from '../../../../../electron/libvirt/xml/document.ts'
import { bytesOf, kibOf } from '../../../../../electron/libvirt/xml/units.ts'

describe('sizes as libvirt writes them', () => {
  it.each([
    ['<m>2048</m>', 2_097_152],
    ['<m unit="KiB">1</m>', 1024],
    ['<m unit="k">1</m>', 1024],
    ['<m unit="KB">1</m>', 1000],
    ['<m unit="b">7</m>', 7],
    ['<m unit="bytes">7</m>', 7],
    ['<m unit="MB">2</m>', 2_000_000],
    ['<m unit="M">2</m>', 2_097_152],
    ['<m unit="GiB">1</m>', 1024 ** 3],
    ['<m unit="GB">1</m>', 1e9],
    ['<m unit="T">1</m>', 1024 ** 4],
    ['<m unit="TB">1</m>', 1e12],
    ['<m> 5 </m>', 5 * 1024],
    ['<m/>', 0],
    ['<m>much</m>', 0],
  ])('%s is %d bytes', (xml, bytes) => {
    expect(bytesOf(parseXml(xml), 'KiB')).toBe(bytes)
  })

  it('have the default of their element', () => {
    expect(bytesOf(parseXml('<capacity>10</capacity>'), 'bytes')).toBe(10)
    expect(bytesOf(undefined, 'bytes')).toBe(0)
    expect(kibOf(parseXml('<memory unit="b">1537</memory>'))).toBe(2)
    expect(kibOf(parseXml('<memory unit="GiB">2</memory>'))).toBe(2_097_152)
  })
})
