import { existsSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { fileURLToPath } from 'node:url'
import { afterAll, beforeAll, beforeEach, describe, expect, it } from 'vitest'
import type { Memory, Target } from '../../../../electron/libvirt/target.ts'
import { testFile, testMemory } from '../../../../electron/libvirt/test-driver.ts'
import { virshReadOne, virshWrite, virshWriteDocument } from '../../../../electron/libvirt/virsh.ts'
import { attr, child, childText, children, parseXml } from '../../../../electron/libvirt/xml/document.ts'
import { exampleUuid } from '../../examples.ts'
import { stubVirsh, type VirshStub } from '../virsh-stub.ts'

let stub: VirshStub
let folder: string | undefined
const runtime = process.env['XDG_RUNTIME_DIR']
const place = (name: string): string => join(folder ?? '/nonexistent', name)
beforeAll(() => {
  stub = stubVirsh()
  folder = mkdtempSync(join(tmpdir(), 'vivero-test-driver-'))
  process.env['XDG_RUNTIME_DIR'] = folder
})
afterAll(() => {
  stub.end()
  if (runtime === undefined) delete process.env['XDG_RUNTIME_DIR']
  else process.env['XDG_RUNTIME_DIR'] = runtime
  if (folder !== undefined) rmSync(folder, { recursive: true })
})
beforeEach(() => {
  stub.answer()
  const card = "<devices><interface type='user'/><interface type='user'><mac address='52:54:00:11:22:33'/></interface></devices>"
  writeFileSync(place('node.xml'), `<node><cpu/><domain type='test'><name>one</name><uuid/>${card}</domain><domain file='two.xml'/><network><name>one</name></network><pool type='dir'><name>p</name><volume file='v.xml'/></pool></node>`)
  writeFileSync(place('two.xml'), `<domain type='test'><name>two</name><uuid>${exampleUuid(2)}</uuid></domain>`)
  writeFileSync(place('v.xml'), '<volume><name>v</name></volume>')
})

function remembered(file = 'node.xml'): { memory: Memory; target: Target } {
  const uri = `test://${place(file)}`
  const memory = testMemory(uri)
  if (!memory) throw new Error('no memory')
  return { memory, target: { uri, connection: 'c1', memory } }
}
const copyOf = (memory: Memory) => parseXml(readFileSync(fileURLToPath(memory.uri.replace(/^test:/, 'file:')), 'utf8'))

describe('a URI of the test driver', () => {
  it.each([
    ['test:///home/ana/node.xml', '/home/ana/node.xml'],
    ['test:///a%20b.xml', '/a b.xml'],
    ['test:///default', null],
    ['test+unix:///default', null],
    ['qemu:///system', null],
    ['test:///%', null],
  ])('%s names %s', (uri, path) => {
    expect(testFile(uri)).toBe(path)
    expect(testMemory(uri) === undefined).toBe(path === null)
  })
})

describe('a connection to a file of objects', () => {
  it('opens a private copy in which everything has its identity, the same each time', async () => {
    const { memory } = remembered()
    await memory.open()
    const first = copyOf(memory)
    const domains = children(first, 'domain')
    expect(domains.map((one) => childText(one, 'name'))).toEqual(['one', 'two'])
    expect(childText(domains[1], 'uuid')).toBe(exampleUuid(2))
    const uuids = children(first).map((one) => childText(one, 'uuid')).filter((uuid) => uuid !== null)
    expect(uuids).toHaveLength(4)
    expect(new Set(uuids).size).toBe(4)
    for (const uuid of uuids) expect(uuid).toMatch(/^[0-9a-f]{8}-[0-9a-f]{4}-[48][0-9a-f]{3}-8[0-9a-f]{3}-[0-9a-f]{12}$/)
    const macs = children(child(domains[0], 'devices'), 'interface').map((card) => attr(child(card, 'mac'), 'address'))
    expect(macs).toEqual([expect.stringMatching(/^52:54:00(:[0-9a-f]{2}){3}$/), '52:54:00:11:22:33'])
    expect(childText(child(first, 'pool', 'volume'), 'name')).toBe('v')
    await memory.open()
    expect(copyOf(memory)).toEqual(first)
    memory.close()
  })

  it('forgets its files and what was done when it is closed', async () => {
    const { memory, target } = remembered()
    await memory.open()
    await virshWriteDocument(target, ['define'], '<domain/>')
    expect(readdirSync(place('vivero'))).toHaveLength(2)
    memory.close()
    expect(readdirSync(place('vivero'))).toEqual([])
    expect(memory.done).toEqual([])
    await expect(memory.keep('x')).rejects.toMatchObject({ code: 'connection-gone' })
  })

  it('does again what was done, in each virsh, and notes the given address', async () => {
    const lines: string[] = []
    const { memory, target } = remembered()
    const noting = { ...target, log: (entry: { line: string }) => void lines.push(entry.line) }
    await memory.open()
    await virshWrite(noting, ['start', '--domain=one'])
    await virshWriteDocument(noting, ['define', '--validate'], '<domain>ñ</domain>')
    stub.answer({ when: '^list', print: 'two\n' })
    expect(await virshReadOne(noting, ['list', '--all'])).toBe('two\n')
    const calls = stub.calls()
    expect(calls.map((call) => call.words[0])).toEqual(['start', 'define', 'list'])
    expect(calls[1]?.file?.text).toBe('<domain>ñ</domain>')
    expect(calls.every((call) => call.uri === memory.uri && call.uri !== target.uri)).toBe(true)
    expect(lines).toEqual([`virsh -c ${target.uri} start --domain=one`, `virsh -c ${target.uri} define --validate /dev/stdin <<'XML'\n<domain>ñ</domain>\nXML`])
    memory.close()
  })

  it('does not do again what failed, and refuses what never ends', async () => {
    const { memory, target } = remembered()
    await memory.open()
    stub.answer({ when: '^start', fail: 'Domain is already active' })
    await expect(virshWrite(target, ['start', '--domain=one'])).rejects.toMatchObject({ code: 'already-active' })
    await expect(virshWrite(target, ['managedsave', '--domain=one'])).rejects.toMatchObject({ code: 'unsupported' })
    expect(memory.done).toEqual([])
    memory.close()
  })

  it('whose file is gone or none says so', async () => {
    await expect(remembered('gone.xml').memory.open()).rejects.toMatchObject({ code: 'file-missing', params: { path: place('gone.xml') } })
    writeFileSync(place('broken.xml'), '<node>')
    await expect(remembered('broken.xml').memory.open()).rejects.toMatchObject({ code: 'xml-invalid' })
    expect(existsSync(place('vivero')) ? readdirSync(place('vivero')) : []).toEqual([])
  })
})
