import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { checkUri, connectionKind, systemSockets, throughSocket } from '../../../../electron/libvirt/uri.ts'
import { words } from '../../words.ts'

describe('the kind of a connection', () => {
  it.each([
    ['qemu:///session', 'session'],
    ['qemu+unix:///session?socket=/run/x', 'session'],
    ['qemu:///system', 'system'],
    ['QEMU:///system', 'system'],
    ['qemu+unix:///system?socket=/a/libvirt-sock', 'system'],
    ['test:///default', 'test'],
    ['test+unix:///default', 'test'],
    ['test:///a b/machines.xml', 'test'],
    ['qemu+ssh://aula-3/system', 'remote'],
    ['qemu+ssh://ana@aula-3:2222/session?keyfile=/k', 'remote'],
    ['qemu+ssh:///system', 'remote'],
    ['qemu+tls://host/system', 'remote'],
    ['test+tcp://localhost/default', 'remote'],
    ['qemu://host/system', 'remote'],
    ['lxc:///system', 'other'],
    ['qemu:///embed?root=/x', 'other'],
    ['nonsense', 'other'],
    ['', 'other'],
  ])('of %s is %s', (uri, kind) => {
    expect(connectionKind(uri)).toBe(kind)
  })
})

describe('an address', () => {
  it.each([
    'qemu:///session', 'qemu:///system', 'qemu+unix:///system?socket=/a/b', 'qemu+ssh://aula-3/system', 'qemu+ssh://ana@10.0.0.3:22/session?no_tty=1',
    'qemu+libssh2://h/system', 'test:///default', 'test+unix:///default', 'test:///home/ana/machines.xml', 'xen:///system', 'lxc:///', 'esx://h/?no_verify=1',
    'qemu+ext:///system?command=/usr/bin/x', 'qemu://[::1]/system',
  ])('%s is fine', (uri) => {
    expect(checkUri(uri)).toBeNull()
  })

  it.each([
    ['qemu:///sesion', 'qemu:///session'],
    ['qemu:///Sytem', 'qemu:///system'],
    ['qemu://system', 'qemu:///system'],
    ['qemu://session', 'qemu:///session'],
    ['qemu://sistem', 'qemu:///system'],
    ['qemu://aula-3', 'qemu://aula-3/system'],
    ['qemu+ssh://aula-3', 'qemu+ssh://aula-3/system'],
    ['qemu+ssh://aula-3/sistem?keyfile=/k', 'qemu+ssh://aula-3/system?keyfile=/k'],
    ['qemu+shs://aula-3/system', 'qemu+ssh://aula-3/system'],
    ['quemu:///system', 'qemu:///system'],
    ['qmu:///session', 'qemu:///session'],
    ['tets:///default', 'test:///default'],
    ['test://', 'test:///default'],
    ['test:', 'test:///default'],
    ['system', 'qemu:///system'],
    ['el sistema', 'qemu:///system'],
    ['session', 'qemu:///session'],
    ['', 'qemu:///session'],
    [' qemu:///system', 'qemu:///system'],
    ['qemu:///system\n', 'qemu:///system'],
    ['qemu:///sys tem', 'qemu:///system'],
  ])('%j is none, and probably %s was meant', (uri, hint) => {
    expect(checkUri(uri)).toEqual({ code: 'uri-invalid', params: { uri, hint }, detail: null, remedies: [] })
  })

  it('is checked whatever it is, and a hint for a slip of one letter is always right', () => {
    fc.assert(fc.property(words(), (uri) => void checkUri(uri)))
    const slip = fc.tuple(fc.constantFrom('session', 'system'), fc.nat(6), fc.constantFrom('x', '')).map(([word, at, letter]) => ({ word, wrong: word.slice(0, at) + letter + word.slice(at + 1) }))
    fc.assert(
      fc.property(slip, ({ word, wrong }) => {
        fc.pre(wrong !== word)
        expect(checkUri(`qemu:///${wrong}`)?.params['hint']).toBe(`qemu:///${word}`)
      }),
    )
  })
})

describe('the sockets of the system that an address leads to', () => {
  it.each([
    ['qemu:///system', ['/run/libvirt/virtqemud-sock', '/run/libvirt/libvirt-sock', '/var/run/libvirt/libvirt-sock']],
    ['lxc:///system', ['/run/libvirt/virtlxcd-sock', '/run/libvirt/libvirt-sock', '/var/run/libvirt/libvirt-sock']],
    ['qemu+unix:///system?socket=/a%20b/libvirt-sock', ['/a b/libvirt-sock']],
    ['qemu:///session', []],
    ['qemu:///embed?root=/x', []],
    ['test:///default', []],
    ['test+unix:///default', []],
    ['qemu+ssh://host/system', []],
    ['qemu+tcp:///system', []],
    ['qemu://host/system', []],
    ['nonsense', []],
  ])('%s: %j', (uri, sockets) => {
    expect(systemSockets(uri)).toEqual(sockets)
  })
})

describe('an address through another socket', () => {
  it.each([
    ['qemu:///system', '/run/user/1/vivero/a.sock', 'qemu+unix:///system?socket=%2Frun%2Fuser%2F1%2Fvivero%2Fa.sock'],
    ['qemu+unix:///system?socket=/old&mode=direct', '/new folder/ñ+&?', 'qemu+unix:///system?mode=direct&socket=%2Fnew%20folder%2F%C3%B1%2B%26%3F'],
  ])('%s through %s', (uri, path, expected) => {
    expect(throughSocket(uri, path)).toBe(expected)
    expect(systemSockets(expected)).toEqual([path])
    expect(checkUri(expected)).toBeNull()
  })
})
