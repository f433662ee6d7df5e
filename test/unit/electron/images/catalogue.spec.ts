import { describe, expect, it } from 'vitest'
import { allEntries } from '../../../../electron/images/catalogue/entries.ts'
import { ownEntries } from '../../../../electron/images/catalogue/own.ts'
import { search } from '../../../../electron/images/catalogue/search.ts'
import { databaseFolders, readDatabase } from '../../../../electron/images/osinfo/database.ts'
import { readSystemFile } from '../../../../electron/images/osinfo/records.ts'

const none = { mirrors: [], entries: [] }
const now = new Date('2026-11-21')
const database = await readDatabase(databaseFolders({}))
const entries = allEntries(database, none, new Map(), now)
const find = (query: string, change: { readonly ended?: boolean; readonly otherArchitectures?: boolean } = {}) =>
  search(entries, { query, ended: false, otherArchitectures: false, ...change }, 'x64')

describe('the catalogue', () => {
  it('has its own few entries first, CirrOS before all, each with two addresses and the page where they were read', () => {
    expect(find('').slice(0, 4).map((entry) => entry.name)).toEqual(ownEntries.map((entry) => entry.name))
    expect(ownEntries[0]?.name).toMatch(/^CirrOS/)
    for (const entry of ownEntries) {
      expect(new Set(entry.addresses).size).toBe(2)
      expect(entry.pages.length).toBeGreaterThan(0)
      for (const address of [...entry.addresses, ...entry.pages]) expect(new URL(address).protocol).toBe('https:')
    }
  })

  it('S0.5 has every image and ISO that osinfo-db has an address of, found by words, newest first', () => {
    expect(entries.length).toBeGreaterThan(1_000)
    const ubuntu = find('ubuntu', { ended: true })
    expect(ubuntu.length).toBeGreaterThan(20)
    for (const entry of ubuntu) expect(`${entry.name} ${entry.vendor}`).toMatch(/ubuntu|canonical/i)
    const dates = ubuntu.filter((entry) => !entry.featured).map((entry) => entry.released ?? '')
    expect(dates).toEqual([...dates].sort().reverse())
    expect(new Set(ubuntu.map((entry) => entry.kind))).toEqual(new Set(['cloud-image', 'iso', 'live']))
    expect(ubuntu.map((entry) => entry.variant)).toContain('Server')
    expect(find('UBÜNTU serv', { ended: true }).length).toBeGreaterThan(0)
    expect(find('no such system')).toEqual([])
  })

  it('keeps what is no longer maintained, and other processors, behind their switches', () => {
    const usual = find('debian')
    expect(usual.every((entry) => !entry.endOfLife && ['x86_64', 'i686', 'all'].includes(entry.arch))).toBe(true)
    expect(find('debian', { ended: true }).some((entry) => entry.endOfLife)).toBe(true)
    expect(find('debian', { ended: true, otherArchitectures: true }).some((entry) => entry.arch === 'aarch64')).toBe(true)
  })

  it('takes mirrors and own entries from the settings, and knows what is fetched', () => {
    const own = { id: 'class:one', name: 'Class image', arch: 'x86_64', kind: 'cloud-image', addresses: ['http://class/one.qcow2'], pages: [] } as const
    const mirrors = [{ from: 'https://download.cirros-cloud.net/', to: 'http://class/cirros/' }]
    const made = allEntries(database, { mirrors, entries: [own] }, new Map([['vivero:cirros-0.6.3', '/library/cirros.img']]), now)
    expect(made[0]).toMatchObject({ id: 'class:one', featured: true, fetched: null })
    expect(made[1]).toMatchObject({ fetched: '/library/cirros.img' })
    expect(made[1]?.addresses[0]).toBe('http://class/cirros/0.6.3/cirros-0.6.3-x86_64-disk.img')
  })

  it('leaves out what cannot be started as it comes', () => {
    const [system] = readSystemFile(`<libosinfo><os id="x"><name>X 1</name><version>1</version>
      <variant id="s"><name>X Server 1</name></variant>
      <image arch="x86_64" format="qcow2" cloud-init="true"><url>https://x.example/x.qcow2</url></image>
      <image arch="x86_64" format="containerdisk"><url>docker://x.example/x</url></image>
      <image arch="x86_64"><url>https://x.example/x.raw.xz</url></image>
      <media arch="x86_64" live="true"><variant id="s"/><url>http://x.example/x.iso</url><iso><volume-id>X</volume-id></iso></media>
      <media arch="x86_64"><iso><volume-id>X</volume-id></iso></media></os></libosinfo>`)
    expect(system?.downloads).toEqual([
      { kind: 'cloud-image', arch: 'x86_64', address: 'https://x.example/x.qcow2', variants: [], cloudInit: true },
      { kind: 'live', arch: 'x86_64', address: 'http://x.example/x.iso', variants: ['X Server 1'], cloudInit: false },
    ])
  })
})
