/** What virsh does outside the app, as the page is told: one test for each thing that libvirt announces, and for each that it does not. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import type { EventName, Events } from '../../../shared/contract/index.ts'
import { asUser, defineGuest, machineXml, startApp, until, type RunningApp } from '../../harness/index.ts'
import { ask, type Page } from '../../contract/page.ts'
import { documentFor, knownBy, knows, shownInASecond, told, type Known } from './heard.ts'
import { pageOf } from './page-of.ts'

const alumna = asUser('alumna')
const connection = 'system'
const virsh = (...args: readonly string[]): Promise<string> => alumna.virsh(['-c', 'qemu:///system', ...args])
const define = (name: string): Promise<string> => defineGuest(alumna, { name, connection: 'qemu:///system', network: null })
const documents: { remove(): void }[] = []
let app: RunningApp
let page: Page
let uuid = ''

beforeAll(async () => {
  app = await startApp({ user: alumna })
  page = await pageOf(app)
  expect(await ask(page, 'connection.connect', { connection })).toMatchObject({ state: 'connected', kind: 'system' })
  // libvirt looks at QEMU before the first machine, which takes its time
  uuid = await define('ordinary')
  await knows(page, 'the machine', ({ domains }) => domains.some((domain) => domain.uuid === uuid))
})
afterAll(async () => {
  await app.stop()
  await virsh('undefine', uuid)
  for (const one of documents) one.remove()
  await alumna.exec(['rm', '-rf', '.config/vivero'])
})

/** The path of a file with that document. */
function file(text: string): string {
  const document = documentFor(alumna, text)
  documents.push(document)
  return document.path
}

const mine = ({ domains }: Known) => domains.find((domain) => domain.uuid === uuid)
const isNow = (state: string, saved = false) => (known: Known): boolean => mine(known)?.state === state && mine(known)?.saved === saved
const machineCalled = (name: string) => ({ domains }: Known): boolean => domains.some((domain) => domain.name === name)
const gone = (shown: (known: Known) => boolean) => (known: Known): boolean => !shown(known)

describe('what libvirt announces is on the page in under a second of a computer at rest (best of three tries), without polling:', () => {
  // nothing is polled, since no page says yet that it is visible

  it('a machine is defined', () =>
    shownInASecond(page, { act: () => define('passing'), back: () => virsh('undefine', 'passing'), shown: machineCalled('passing') }))

  it('a machine is renamed', () =>
    shownInASecond(page, {
      act: () => virsh('domrename', 'passing', 'past'),
      back: () => virsh('domrename', 'past', 'passing'),
      shown: (known) => machineCalled('past')(known) && !machineCalled('passing')(known),
    }))

  it('a machine is undefined', () =>
    shownInASecond(page, { act: () => virsh('undefine', 'past'), back: () => define('past'), shown: gone(machineCalled('past')) }))

  it.each([
    ['start', 'running', 'destroy'],
    ['suspend', 'paused', 'resume'],
    ['resume', 'running', 'suspend'],
    ['destroy', 'shutoff', 'start'],
  ])('%s: a machine is %s', async (verb, state, back) => {
    await shownInASecond(page, { act: () => virsh(verb, uuid), back: () => virsh(back, uuid), shown: isNow(state) })
    expect(mine(knownBy(page))?.id === null).toBe(state === 'shutoff')
  })

  it('a machine’s QEMU is killed', async () => {
    await virsh('start', uuid)
    await knows(page, 'the start', isNow('running'))
    const kill = (): Promise<unknown> => asUser('root').exec(['pkill', '-KILL', '-f', 'guest=ordinary,'])
    await shownInASecond(page, { act: kill, back: () => virsh('start', uuid), shown: isNow('shutoff') })
  })

  it('a machine’s memory is saved', async () => {
    await virsh('start', uuid)
    await knows(page, 'the start', isNow('running'))
    await shownInASecond(page, { act: () => virsh('managedsave', uuid), back: () => virsh('start', uuid), shown: isNow('shutoff', true) })
  })

  it('a machine goes on from its saved memory', () =>
    shownInASecond(page, { act: () => virsh('start', uuid), back: () => virsh('managedsave', uuid), shown: isNow('running') }))

  it.each([['--live'], ['--config']])('a machine’s title is changed, %s', async (when) => {
    if (when === '--config') {
      await virsh('destroy', uuid)
      await knows(page, 'the end', isNow('shutoff'))
    }
    const title = (text: string) => (): Promise<string> => virsh('desc', uuid, when, '--title', text)
    await shownInASecond(page, { act: title(`Año ${when}`), back: title('x'), shown: (known) => mine(known)?.title === `Año ${when}` })
  })

  it('a machine that is nowhere defined is made, and is gone with its end', async () => {
    const path = file(machineXml({ name: 'fleeting', network: null }))
    const create = (): Promise<string> => virsh('create', `--file=${path}`)
    const destroy = (): Promise<string> => virsh('destroy', 'fleeting')
    await shownInASecond(page, { act: create, back: destroy, shown: machineCalled('fleeting') })
    await shownInASecond(page, { act: destroy, back: create, shown: gone(machineCalled('fleeting')) })
  })

  const network = (active: boolean) => ({ networks }: Known): boolean => networks.some((one) => one.name === 'silent' && one.active === active)
  const someNetwork = (known: Known): boolean => known.networks.some((one) => one.name === 'silent')
  const netDefine = (): Promise<string> => virsh('net-define', `--file=${file("<network><name>silent</name><bridge name='virbr77'/></network>")}`)

  it.each([
    ['defined', netDefine, () => virsh('net-undefine', 'silent'), network(false)],
    ['started', () => virsh('net-start', 'silent'), () => virsh('net-destroy', 'silent'), network(true)],
    ['stopped', () => virsh('net-destroy', 'silent'), () => virsh('net-start', 'silent'), network(false)],
    ['undefined', () => virsh('net-undefine', 'silent'), netDefine, gone(someNetwork)],
  ])('a network is %s', (_what, act, back, shown) => shownInASecond(page, { act, back, shown }))

  const pool = (active: boolean) => ({ pools }: Known): boolean => pools.some((one) => one.name === 'puddle' && one.active === active)
  const somePool = (known: Known): boolean => known.pools.some((one) => one.name === 'puddle')
  const poolDefine = (): Promise<string> =>
    virsh('pool-define', `--file=${file("<pool type='dir'><name>puddle</name><target><path>/tmp</path></target></pool>")}`)

  it.each([
    ['defined', poolDefine, () => virsh('pool-undefine', 'puddle'), pool(false)],
    ['started', () => virsh('pool-start', 'puddle'), () => virsh('pool-destroy', 'puddle'), pool(true)],
    ['stopped', () => virsh('pool-destroy', 'puddle'), () => virsh('pool-start', 'puddle'), pool(false)],
    ['undefined', () => virsh('pool-undefine', 'puddle'), poolDefine, gone(somePool)],
  ])('a pool is %s', (_what, act, back, shown) => shownInASecond(page, { act, back, shown }))

  it('and the events of a connection are numbered without a gap', () => {
    const numbers = page.events.flatMap(({ payload }) => ('seq' in payload && payload.connection === connection ? [payload.seq] : []))
    const [first = 0] = numbers
    expect(numbers.length).toBeGreaterThan(10)
    expect(numbers).toEqual(numbers.map((_, index) => first + index))
  })
})

describe('what libvirt does not announce is read again when its page is opened or gets focus:', () => {
  const show = (shown: string, of: string | null = null): Promise<void> =>
    ask(page, 'app.view', { visible: true, connection, page: shown, uuid: of })

  /** Runs virsh, then gives the page the focus; what is told came by that. */
  async function focusThen<N extends EventName>(
    args: readonly string[],
    [shown, of]: readonly [string, string | null],
    name: N,
    wanted: (payload: Events[N]) => boolean,
  ): Promise<void> {
    // a look every half a minute may come between the two
    const since = page.events.length
    await virsh(...args)
    await show(shown, of)
    await told(page, name, wanted, since)
  }

  const list = ['machines', null] as const
  const my = (wanted: (domain: Events['domain.changed']['domain']) => boolean) => ({ domain }: Events['domain.changed']): boolean =>
    domain.uuid === uuid && wanted(domain)
  const isStale = (kind: string, of: string) => (payload: Events['object.stale']): boolean => payload.kind === kind && payload.uuid === of

  it('autostart', async () => {
    await focusThen(['autostart', uuid], list, 'domain.changed', my((domain) => domain.autostart))
    await focusThen(['autostart', uuid, '--disable'], list, 'domain.changed', my((domain) => !domain.autostart))
  })

  it('a change with --config only, on the list and on the machine’s page', async () => {
    await focusThen(['setvcpus', uuid, '--count=2', '--config', '--maximum'], ['machine', uuid], 'object.stale', isStale('domain', uuid))
    await focusThen(['setvcpus', uuid, '--count=2', '--config'], list, 'domain.changed', my((domain) => domain.vcpus === 2))
  })

  it('managedsave-remove', async () => {
    await virsh('start', uuid)
    await knows(page, 'the start', isNow('running'))
    await virsh('managedsave', uuid)
    await knows(page, 'the save', isNow('shutoff', true))
    await ask(page, 'app.view', { visible: false, connection, page: 'machines', uuid: null })
    await virsh('managedsave-remove', uuid)
    await show('machines')
    // a look that the save's own events asked for may have come first
    await knows(page, 'the removal', isNow('shutoff', false))
  })

  it('volumes made and deleted', async () => {
    const lake = (active: boolean) => ({ pools }: Known): boolean => pools.some((one) => one.name === 'lake' && one.active === active)
    await virsh('pool-define', `--file=${file("<pool type='dir'><name>lake</name><target><path>/tmp</path></target></pool>")}`)
    await virsh('pool-start', 'lake')
    await knows(page, 'the pool', lake(true))
    const pool = knownBy(page).pools.find((one) => one.name === 'lake')?.uuid ?? ''
    const volume = file('<volume><name>drop.raw</name><capacity>1024</capacity></volume>')
    const names = async (): Promise<string[]> => (await ask(page, 'pool.volumes', { connection, uuid: pool, refresh: false })).map((one) => one.name)
    await focusThen(['vol-create', 'lake', `--file=${volume}`], ['storage', pool], 'object.stale', isStale('pool', pool))
    expect(await names()).toContain('drop.raw')
    await focusThen(['vol-delete', 'drop.raw', '--pool=lake'], ['storage', null], 'object.stale', isStale('pool', pool))
    expect(await names()).not.toContain('drop.raw')
    await virsh('pool-destroy', 'lake')
    await knows(page, 'the pool’s end', lake(false))
    await virsh('pool-undefine', 'lake')
  })

  describe('of a network with DHCP', () => {
    let network = ''
    beforeAll(async () => {
      const range = "<range start='192.168.178.2' end='192.168.178.9'/>"
      const ip = `<ip address='192.168.178.1' netmask='255.255.255.0'><dhcp>${range}</dhcp></ip>`
      await virsh('net-define', `--file=${file(`<network><name>lively</name><bridge name='virbr78'/>${ip}</network>`)}`)
      await virsh('net-start', 'lively')
      await knows(page, 'the network', ({ networks }) => networks.some((one) => one.name === 'lively' && one.active))
      network = knownBy(page).networks.find((one) => one.name === 'lively')?.uuid ?? ''
    })
    afterAll(async () => {
      await virsh('net-destroy', 'lively')
      await virsh('net-undefine', 'lively')
    })

    it('net-update', async () => {
      const host = "<host mac='52:54:00:00:00:01' ip='192.168.178.5'/>"
      const has = ({ networks }: Events['network.listed']): boolean =>
        networks.some((one) => one.uuid === network && one.addresses.some((address) => address.hosts.some((given) => given.address === '192.168.178.5')))
      await focusThen(['net-update', 'lively', 'add', 'ip-dhcp-host', host, '--live', '--config'], ['networks', null], 'network.listed', has)
    })

    it('leases, also as a machine’s address', async () => {
      // its firmware asks for an address, since it has nothing else to start from
      const path = file(machineXml({ name: 'asking', network: 'lively' }).replace('<boot dev="cdrom"/>', '<boot dev="network"/>'))
      await virsh('create', `--file=${path}`)
      await knows(page, 'the machine', machineCalled('asking'))
      await until('a lease', 60_000, async () => ((await virsh('net-dhcp-leases', 'lively')).includes('192.168.178.') ? true : undefined))
      const since = page.events.length
      await show('networks', network)
      await told(page, 'object.stale', isStale('network', network), since)
      const [lease] = await ask(page, 'network.leases', { connection, uuid: network })
      expect(lease?.address).toMatch(/^192\.168\.178\.\d$/)
      await show('machines')
      const address = ({ domains }: Known): string | undefined => domains.find((one) => one.name === 'asking')?.addresses[0]?.address
      await knows(page, 'the address', (known) => address(known) === lease?.address)
      await virsh('destroy', 'asking')
    })
  })

  it('snapshots', async () => {
    const disk = '/tmp/pictured.qcow2'
    await asUser('root').exec(['qemu-img', 'create', '-q', '-f', 'qcow2', disk, '1M'])
    const pictured = await defineGuest(alumna, { name: 'pictured', disk, connection: 'qemu:///system', network: null })
    await knows(page, 'the machine', machineCalled('pictured'))
    await focusThen(['snapshot-create-as', pictured, '--name=before'], ['machine', pictured], 'object.stale', isStale('domain', pictured))
    expect((await ask(page, 'domain.get', { connection, uuid: pictured })).snapshots).toBe(1)
    await focusThen(['snapshot-delete', pictured, '--snapshotname=before'], ['machine', pictured], 'object.stale', isStale('domain', pictured))
    expect((await ask(page, 'domain.get', { connection, uuid: pictured })).snapshots).toBe(0)
    await virsh('undefine', pictured)
    await asUser('root').exec(['rm', disk])
  })

  it('the app’s own actions at once, without a focus', async () => {
    await ask(page, 'app.view', { visible: false, connection: null, page: 'machines', uuid: null })
    const since = page.events.length
    await ask(page, 'domain.edit', { connection, uuid, autostart: true })
    await told(page, 'domain.changed', my((domain) => domain.autostart), since)
    await told(page, 'object.stale', isStale('domain', uuid), since)
  })
})
