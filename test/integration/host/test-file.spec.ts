/** Objects of a file on libvirt's test driver, which gives new UUIDs to each virsh and forgets with it what was done. */
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { Events } from '../../../shared/contract/index.ts'
import { asUser, startApp, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { knownBy, knows, told, type Known } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const connection = 'remembered-0'
const folder = '/home/alumna/Mis máquinas'
const runtime = '/run/user/1000/vivero'
const uri = `test://${encodeURI(folder)}/a%2520b.xml`

const machine = (name: string, more = '', card = ''): string =>
  `<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'><name>${name}</name>
    <memory>8192</memory><os><type>hvm</type></os><devices>${card}</devices>${more}</domain>`
const file = `<?xml version="1.0"?>
<!-- no object has a UUID but one -->
<node>
  ${machine('uno', '', "<interface type='network'><source network='red &amp; ñ'/></interface>")}
  ${machine('dos', '<test:runstate>5</test:runstate>')}
  <domain file='sub/tres.xml'/>
  ${machine('cuatro', '<uuid>00000000-0000-4000-8000-000000000004</uuid>')}
  <network><name>red &amp; ñ</name><uuid/><bridge name='virbr9'/><ip address='192.168.9.1' netmask='255.255.255.0'/></network>
  <pool type='dir'><name>charco</name><target><path>/tmp</path></target><volume file='sub/gota.xml'/></pool>
</node>
`
let app: RunningApp
let page: Page

beforeAll(async () => {
  const draft = mkdtempSync('/tmp/objects-')
  writeFileSync(join(draft, 'a%20b.xml'), file)
  mkdirSync(join(draft, 'sub'))
  writeFileSync(join(draft, 'sub', 'tres.xml'), machine('tres'))
  writeFileSync(join(draft, 'sub', 'gota.xml'), '<volume><name>gota</name><capacity>1024</capacity></volume>')
  alumna.give(draft, folder)
  rmSync(draft, { recursive: true })
  app = await startApp({ user: alumna, connections: [uri] })
  page = await pageOf(app)
  expect(await ask(page, 'connection.connect', { connection })).toMatchObject({ state: 'connected', kind: 'test', uri })
})
afterAll(() => alumna.exec(['rm', '-rf', '.config/vivero', folder]))

const known = (): Known => knownBy(page, connection)
const named = ({ domains }: Known, name: string) => domains.find((domain) => domain.name === name)
const uuidOf = (name: string): string => named(known(), name)?.uuid ?? ''
const ref = (name: string) => ({ connection, uuid: uuidOf(name) })
/** Private files of the host. */
const files = (): string[] => (existsSync(runtime) ? readdirSync(runtime).filter((name) => name.endsWith('.xml')) : [])

/** What the page knows when all machines were read again. */
async function looked(): Promise<Known> {
  await ask(page, 'domain.list', { connection })
  return known()
}

describe('a connection to test:///FILE', () => {
  it('lists what is in the file, with UUIDs that stay', async () => {
    const first = await looked()
    expect(first.domains.map((one) => `${one.name} ${one.state}`).sort()).toEqual(['cuatro running', 'dos shutoff', 'tres running', 'uno running'])
    expect(first.networks.map((one) => `${one.name} ${one.active}`)).toEqual(['red & ñ true'])
    expect(first.pools.map((one) => `${one.name} ${one.active}`)).toEqual(['charco true'])
    expect(new Set([...first.domains, ...first.networks, ...first.pools].map((one) => one.uuid)).size).toBe(6)
    expect(uuidOf('cuatro')).toBe('00000000-0000-4000-8000-000000000004')
    const since = page.events.length
    await ask(page, 'network.list', { connection })
    await ask(page, 'pool.list', { connection })
    expect(await looked()).toEqual(first)
    expect(page.events.slice(since).filter(({ payload }) => 'seq' in payload && payload.connection === connection)).toEqual([])
    const pool = first.pools[0]?.uuid ?? ''
    expect((await ask(page, 'pool.volumes', { connection, uuid: pool, refresh: false })).map((one) => one.name)).toEqual(['gota'])
  })

  it('shows the same machine each time, down to the MAC of its card', async () => {
    const document = (): Promise<{ readonly xml: string }> => ask(page, 'domain.xml', { ...ref('uno'), which: 'live' })
    const first = await document()
    expect(first.xml).toContain('<mac address=')
    expect(await document()).toEqual(first)
  })

  it.each([
    ['domain.start', 'dos', 'running'],
    ['domain.suspend', 'dos', 'paused'],
    ['domain.resume', 'dos', 'running'],
    ['domain.destroy', 'dos', 'shutoff'],
    ['domain.shutdown', 'uno', 'shutoff'],
    ['domain.start', 'uno', 'running'],
  ] as const)('%s: %s is %s, and stays so', async (request, name, state) => {
    await ask(page, request, ref(name))
    await knows(page, state, (known) => named(known, name)?.state === state, connection)
    expect(named(await looked(), name)?.state).toBe(state)
  })

  it('keeps a title, also one that is taken away, and autostart', async () => {
    const edit = async (change: { title: string } | { autostart: boolean }): Promise<unknown> => {
      await ask(page, 'domain.edit', { ...ref('dos'), ...change })
      const { title, autostart } = named(await looked(), 'dos') ?? {}
      return [title, autostart]
    }
    expect(await edit({ title: 'Año "2"; list' })).toEqual(['Año "2"; list', false])
    expect(await edit({ autostart: true })).toEqual(['Año "2"; list', true])
    expect(await edit({ title: '' })).toEqual([null, true])
  })

  it('says in words what cannot be done, and a refusal changes nothing', async () => {
    const result = await page.call('domain.start', ref('uno'))
    expect(result).toMatchObject({ ok: false, error: { code: 'already-active' } })
    const since = page.events.length
    const { job } = await ask(page, 'domain.save', ref('uno'))
    const { error } = await told(page, 'job.changed', (one) => one.id === job && one.state === 'failed', since)
    expect(error).toMatchObject({ code: 'unsupported' })
    expect(named(await looked(), 'uno')?.state).toBe('running')
  })

  it('shows the person’s own URI, in the lines of commands too', async () => {
    expect((await ask(page, 'connection.list', {})).map((one) => one.uri)).toContain(uri)
    const lines = (await ask(page, 'command.list', {})).map((one) => one.line)
    expect(lines.length).toBeGreaterThan(6)
    for (const line of lines) expect(line).toContain(`virsh -c ${uri} `)
  })

  it.each([
    ['is not there', null, 'file-missing'],
    ['is not well formed', '<node><domain></node>', 'xml-invalid'],
    ['holds something else', '<domain/>', 'xml-invalid'],
    ['names another that is not there', "<node><domain file='none.xml'/></node>", 'file-missing'],
  ])('says what is wrong with a file that %s', async (_what, text, code) => {
    const path = `${folder}/wrong.xml`
    if (text !== null) writeFileSync(path, text)
    const { id } = await ask(page, 'connection.add', { uri: `test://${encodeURI(path)}`, name: null })
    const failed = (one: Events['connection.changed']): boolean => one.id === id && one.state === 'failed'
    expect((await told(page, 'connection.changed', failed)).error).toMatchObject({ code })
    await ask(page, 'connection.remove', { connection: id })
    rmSync(path, { force: true })
  })

  it('leaves the file as it is, forgets what was done when it is closed, and leaves no private file', async () => {
    const before = uuidOf('dos')
    expect(files()).toHaveLength(1)
    await ask(page, 'domain.start', ref('dos'))
    await ask(page, 'connection.disconnect', { connection })
    expect(files()).toEqual([])
    await ask(page, 'connection.connect', { connection })
    expect(named(await looked(), 'dos')).toMatchObject({ state: 'shutoff', uuid: before, title: null, autostart: false })
    expect(readFileSync(join(folder, 'a%20b.xml'), 'utf8')).toBe(file)
    await app.stop()
    expect(files()).toEqual([])
  })
})
