/** Documents edited as text, by real libvirt: stored byte for byte where it keeps them, refused with a reason, no secret lost or shown (S2.15). */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { domainDefine, domainUndefine, domainXml } from '../../../electron/libvirt/domain/index.ts'
import { domainDefineXml } from '../../../electron/libvirt/domain/define-xml.ts'
import { networkDefineXml } from '../../../electron/libvirt/network/define-xml.ts'
import { networkDefine, networkUndefine, networkXml } from '../../../electron/libvirt/network/index.ts'
import { poolDefineXml } from '../../../electron/libvirt/pool/define-xml.ts'
import { poolDefine, poolUndefine, poolXml } from '../../../electron/libvirt/pool/index.ts'
import { buildXml, element, parseXml, child } from '../../../electron/libvirt/xml/document.ts'
import { clear } from '../create/support.ts'
import { logging, machine, virsh } from './objects.ts'

const target = logging()
const password = `cl&'"ve`
const ids = { machine: '', network: '', pool: '' }

/** A machine with a VNC and a SPICE display, each with a password, and a part of somebody else's in its metadata. */
function guarded(): string {
  const domain = parseXml(machine('edited'))
  const devices = child(domain, 'devices')
  if (devices) devices.content.splice(0, devices.content.length, ...devices.content.filter((node) => !('tag' in node) || node.tag !== 'graphics'))
  devices?.content.push(element('graphics', { type: 'vnc', port: -1, autoport: 'yes', passwd: password }), element('graphics', { type: 'spice', autoport: 'yes', passwd: 'spice-1' }))
  domain.content.push(element('metadata', {}, element('aula:note', { 'xmlns:aula': 'http://aula.example/1' }, 'tercero')))
  return buildXml(domain)
}

beforeAll(async () => {
  await clear()
  ids.machine = await domainDefine(target, guarded())
  ids.network = await networkDefine(target, buildXml(element('network', {}, element('name', {}, 'edited'), element('domain', { name: 'one' }))))
  ids.pool = await poolDefine(target, { name: 'edited', path: '/var/lib/libvirt/edited' })
})
afterAll(async () => {
  await domainUndefine(target, ids.machine)
  await networkUndefine(target, ids.network)
  await poolUndefine(target, ids.pool)
})

const secure = (): string => virsh('dumpxml', ids.machine, '--inactive', '--security-info')

it('S2.15 a machine keeps its passwords, which no page and no line of the log shows', async () => {
  const before = await domainXml(target, ids.machine, 'config')
  expect(before).not.toMatch(/cl&|spice-1/)
  const xml = before.replace('<on_crash>destroy', '<on_crash>restart')
  expect(xml).not.toBe(before)
  const had = secure()
  const since = target.lines.length
  const saved = await domainDefineXml(target, ids.machine, { before, xml })
  expect(saved).toEqual({ xml, same: true })
  expect(secure()).toBe(had.replace('<on_crash>destroy', '<on_crash>restart'))
  const lines = target.lines.slice(since).join('\n')
  expect(lines).toContain('define --validate')
  expect(lines).not.toMatch(/spice-1|cl&amp;|cl&'/)

  const changed = saved.xml.replace("<graphics type='vnc' port", "<graphics type='vnc' passwd='n&amp;w' port")
  expect(changed).not.toBe(saved.xml)
  expect(await domainDefineXml(target, ids.machine, { before: saved.xml, xml: changed })).toEqual({ xml: saved.xml, same: true })
  expect(secure()).toContain("passwd='n&amp;w'")
  expect(secure()).toContain("passwd='spice-1'")
  expect(target.lines.join('\n')).not.toMatch(/n&amp;w/)
  // taken away where that is asked for, save one that is written
  const spice = saved.xml.replace("<graphics type='spice'", "<graphics type='spice' passwd='mine'")
  expect(await domainDefineXml(target, ids.machine, { before: saved.xml, xml: spice, dropPasswords: true })).toEqual({ xml: saved.xml, same: true })
  expect(secure().match(/passwd='[^']*'/g)).toEqual(["passwd='mine'"])
  await domainDefineXml(target, ids.machine, { before: saved.xml, xml: saved.xml, dropPasswords: true })
  expect(secure()).not.toContain('passwd=')
})

it('S2.15 what others have written into a machine’s document stays, and what libvirt drops is told', async () => {
  const before = await domainXml(target, ids.machine, 'config')
  expect(before).toContain('<aula:note xmlns:aula="http://aula.example/1">tercero</aula:note>')
  const xml = before.replace('<devices>', '<!-- dropped -->\n  <devices>')
  const saved = await domainDefineXml(target, ids.machine, { before, xml })
  expect(saved).toEqual({ xml: before, same: false })
})

it('S2.15 a machine’s document that libvirt does not take, or that is of another machine, changes nothing', async () => {
  const before = await domainXml(target, ids.machine, 'config')
  const save = (xml: string, from = before) => domainDefineXml(target, ids.machine, { before: from, xml })
  await expect(save(before.replace('<on_crash>', '<on_crush>').replace('</on_crash>', '</on_crush>'))).rejects.toMatchObject({ code: 'xml-invalid' })
  await expect(save(before.replace('<vcpu', "<vcpu current='9'"))).rejects.toMatchObject({ detail: expect.any(String) })
  await expect(save(before.replace(ids.machine, '00000000-0000-4000-8000-000000000001'))).rejects.toMatchObject({ code: 'xml-uuid' })
  await expect(save(before.replace('<name>edited', '<name>other'))).rejects.toMatchObject({ code: 'xml-name' })
  virsh('desc', ids.machine, '--config', '--new-desc', 'meanwhile')
  await expect(save(before.replace('destroy', 'restart'))).rejects.toMatchObject({ code: 'conflict' })
  expect(virsh('dumpxml', ids.machine, '--inactive')).toBe(before.replace('  <metadata>', '  <description>meanwhile</description>\n  <metadata>'))
})

it('S2.15 a network’s document is stored, also while it runs, and refused where it is wrong', async () => {
  const before = await networkXml(target, ids.network)
  const xml = before.replace("<domain name='one'/>", "<domain name='two'/>")
  expect(await networkDefineXml(target, ids.network, { before, xml })).toEqual({ xml, same: true })
  await expect(networkDefineXml(target, ids.network, { before, xml })).rejects.toMatchObject({ code: 'conflict' })
  await expect(networkDefineXml(target, ids.network, { before: xml, xml: xml.replace('<domain', "<forward mode='moon'/><domain") })).rejects.toMatchObject({ code: 'xml-invalid' })
  virsh('net-start', 'edited')
  try {
    const next = xml.replace("'two'", "'three'")
    expect(await networkDefineXml(target, ids.network, { before: xml, xml: next })).toMatchObject({ xml: next })
    expect(virsh('net-dumpxml', 'edited')).toContain("'two'")
  } finally {
    virsh('net-destroy', 'edited')
  }
  expect(await networkXml(target, ids.network)).toContain("'three'")
})

it('S2.15 a pool’s document is stored, and what another pool has is refused', async () => {
  const before = await poolXml(target, ids.pool)
  const xml = before.replace('/var/lib/libvirt/edited', '/var/lib/libvirt/édité &amp; b')
  const saved = await poolDefineXml(target, ids.pool, { before, xml })
  expect(saved.same).toBe(true)
  expect(await poolXml(target, ids.pool)).toContain('/var/lib/libvirt/édité &amp; b')
  const other = await poolDefine(target, { name: 'other', path: '/var/lib/libvirt/other' })
  await expect(poolDefineXml(target, ids.pool, { before: saved.xml, xml: saved.xml.replace('édité &amp; b', 'other') })).rejects.toMatchObject({ code: 'pool-conflict' })
  await expect(poolDefineXml(target, ids.pool, { before: saved.xml, xml: saved.xml.replace("type='dir'", "type='moon'") })).rejects.toMatchObject({ code: 'xml-invalid' })
  await poolUndefine(target, other)
})

it('S2.15 what is not stored cannot be edited', async () => {
  const xml = `<network><name>passing</name><uuid>11111111-2222-4333-8444-666666666666</uuid></network>`
  await expect(networkDefineXml(target, '11111111-2222-4333-8444-666666666666', { before: xml, xml })).rejects.toMatchObject({ code: 'not-persistent' })
})
