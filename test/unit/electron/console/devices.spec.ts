import { describe, expect, it } from 'vitest'
import { displayPlace } from '../../../../electron/console/display-place.ts'
import { isLocal } from '../../../../electron/console/local.ts'
import { serialDevice } from '../../../../electron/console/serial-device.ts'
import { parseXml } from '../../../../electron/libvirt/xml/document.ts'
import { AppError } from '../../../../shared/model/error.ts'

const running = (devices: string): ReturnType<typeof parseXml> =>
  parseXml(`<domain type="qemu" id="3"><name>uno</name><devices>${devices}</devices></domain>`)
const off = parseXml('<domain type="qemu"><name>uno</name><devices><graphics type="vnc" port="-1"/></devices></domain>')

function errorOf(work: () => unknown): { code: string; params: object } {
  try {
    work()
  } catch (error) {
    if (error instanceof AppError) return { code: error.code, params: error.params }
  }
  throw new Error('no error')
}

describe('where a display listens', () => {
  const cases: readonly (readonly [string, string, object])[] = [
    ['a socket', '<graphics type="vnc" socket="/a b/v.sock"><listen type="socket" socket="/a b/v.sock"/></graphics>', { kind: 'socket', path: '/a b/v.sock' }],
    ['the loopback address', '<graphics type="vnc" port="5901" listen="127.0.0.1"><listen type="address" address="127.0.0.1"/></graphics>', { kind: 'tcp', host: '127.0.0.1', port: 5901 }],
    ['every address', '<graphics type="vnc" port="5900"><listen type="address" address="0.0.0.0"/></graphics>', { kind: 'tcp', host: '127.0.0.1', port: 5900 }],
    ['every address of version 6', '<graphics type="vnc" port="5900"><listen type="address" address="::"/></graphics>', { kind: 'tcp', host: '::1', port: 5900 }],
    ["a network's address", '<graphics type="vnc" port="5900"><listen type="network" network="n" address="192.168.122.1"/></graphics>', { kind: 'tcp', host: '192.168.122.1', port: 5900 }],
    ['an old document', '<graphics type="vnc" port="5902"/>', { kind: 'tcp', host: '127.0.0.1', port: 5902 }],
    ['nowhere', '<graphics type="vnc"><listen type="none"/></graphics>', { kind: 'none' }],
    ['behind SPICE', '<graphics type="spice" port="5900"/><graphics type="vnc" port="5903"/>', { kind: 'tcp', host: '127.0.0.1', port: 5903 }],
  ]
  it.each(cases)('%s', (_name, graphics, place) => {
    expect(displayPlace(running(graphics)).place).toEqual(place)
  })

  it('with its password', () => {
    expect(displayPlace(running('<graphics type="vnc" port="5900" passwd="a&amp;b"/>')).password).toBe('a&b')
    expect(displayPlace(running('<graphics type="vnc" port="5900"/>')).password).toBeNull()
  })

  it('says what there is instead of VNC', () => {
    expect(errorOf(() => displayPlace(running('<graphics type="spice" port="5900"/><graphics type="sdl"/>')))).toEqual({
      code: 'no-display',
      params: { name: 'uno', types: 'spice, sdl', reason: 'none' },
    })
    expect(errorOf(() => displayPlace(running('')))).toMatchObject({ code: 'no-display', params: { types: '' } })
  })

  it('is nowhere while the machine is off', () => {
    expect(errorOf(() => displayPlace(off))).toEqual({ code: 'not-active', params: { name: 'uno' } })
  })
})

describe('which device a serial port is', () => {
  const serial = (port: number, alias: string, type = 'pty'): string =>
    `<serial type="${type}"><target type="isa-serial" port="${port}"/><alias name="${alias}"/></serial>`

  it('goes by the number of its target', () => {
    const domain = running(serial(1, 'serial1') + serial(0, 'serial0'))
    expect(serialDevice(domain, 0)).toEqual({ alias: 'serial0', domainId: '3' })
    expect(serialDevice(domain, 1).alias).toBe('serial1')
  })

  it('takes a virtio console where there is no serial port', () => {
    const domain = running('<console type="pty"><target type="virtio" port="0"/><alias name="console0"/></console>')
    expect(serialDevice(domain, 0).alias).toBe('console0')
  })

  it('says that there is none, or one without a terminal', () => {
    expect(errorOf(() => serialDevice(running(''), 0))).toEqual({ code: 'no-serial', params: { name: 'uno', port: 0, types: '' } })
    expect(errorOf(() => serialDevice(running(serial(0, 'serial0', 'tcp')), 0))).toMatchObject({ params: { types: 'tcp' } })
    expect(errorOf(() => serialDevice(running(serial(0, 'serial0')), 2))).toMatchObject({ code: 'no-serial', params: { port: 2 } })
    expect(errorOf(() => serialDevice(off, 0))).toMatchObject({ code: 'not-active' })
  })
})

describe('connections to this host', () => {
  it.each(['qemu:///session', 'qemu+unix:///system?socket=/run/x', 'test:///default', 'test+unix:///default'])('%s', (uri) => {
    expect(isLocal(uri)).toBe(true)
  })
  it.each(['qemu+ssh://aula-3/system', 'qemu+tls://host/system', 'qemu://host/system'])('not %s', (uri) => {
    expect(isLocal(uri)).toBe(false)
  })
})
