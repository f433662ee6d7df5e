/** The course's exercise on the wire: two machines on NAT, then on an isolated network, then on a very isolated one. */
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { reachOfNetwork } from '../../../shared/model/reach.ts'
import { lan as place, second } from '../../harness/lan.ts'
import type { NetworkGuest } from '../../harness/network-guest.ts'
import { measureReach } from './matrix.ts'
import { bare, expectNoneBut, expectToldSettings, leaseOf, openStage, shownOf, summaryOf, virsh, type Stage } from './stage.ts'

let stage: Stage
let uno: NetworkGuest
let dos: NetworkGuest
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.end())

it('S3.2 S3.3 S3.12 S3.14 S3.17 S4.1 NAT: the host gives addresses and names, all is reached outwards, and the outside sees the host', async () => {
  const dhcp = { ranges: [{ start: '192.168.101.2', end: '192.168.101.254' }], hosts: [] }
  const network = await stage.network('nat', { name: 'red-nat', domain: 'red-nat', ipv4: { cidr: '192.168.101.0/24', gateway: null, dhcp } })
  ;[uno, dos] = await stage.boot(network)
  const addresses = await Promise.all([uno.leased(), dos.leased()])
  for (const [index, guest] of [uno, dos].entries()) {
    const address = addresses[index] ?? ''
    expect(address).toMatch(/^192\.168\.101\.\d+\/24$/)
    expect(await leaseOf(network, guest)).toBe(address)
    expect(await shownOf(guest)).toEqual([{ address: bare(address), prefix: 24, origin: 'lease' }])
  }
  expect(await uno.settings()).toEqual({ gateway: '192.168.101.1', dns: '192.168.101.1' })
  await expectToldSettings(uno)

  const [first, second] = [bare(addresses[0]), bare(addresses[1])]
  const { seenAs, ...row } = await measureReach({
    lan: stage.lan, guests: [uno, dos], addresses: [first, second], host: '192.168.101.1', subnet: '192.168.101.0/24', hostsName: 'dos.red-nat',
  }) // prettier-ignore
  expect(row).toEqual(reachOfNetwork(network))
  expect(seenAs).toBe(place.host)
  expect(await uno.lookUp('dos.red-nat', '192.168.101.1')).toBe(second)
})

it('S4.2 the network default gives 192.168.122.2 to .254, and the host is its gateway and its DNS', async () => {
  await virsh('net-start', '--network=default')
  stage.later(() => virsh('net-destroy', '--network=default'))
  await uno.plugInto('default')
  await uno.askAnew()
  const address = await uno.leased()
  expect(address).toMatch(/^192\.168\.122\.([2-9]|[1-9]\d|1\d\d|2[0-4]\d|25[0-4])\/24$/)
  expect(await uno.settings()).toEqual({ gateway: '192.168.122.1', dns: '192.168.122.1' })
  await expectToldSettings(uno)
  expect(await shownOf(uno)).toEqual([{ address: bare(address), prefix: 24, origin: 'lease' }])
})

describe('a network with a chosen way out', () => {
  beforeAll(async () => {
    await stage.lan.plugSecond()
    const [ipv4, ipv6] = ['192.168.105.0/24', 'fd00:105::/64'].map((cidr) => ({ cidr, gateway: null, dhcp: null }))
    const plan = { name: 'red-salida', forwardDevice: second.device, ipv4, ipv6 }
    // its IPv6 is its router's, which libvirt would take from it: said before, and here what is said helps
    await expect(stage.network('nat', plan)).rejects.toMatchObject({ code: 'invalid-input', params: { finding: 'ipv6-autoconfigured', device: second.device } })
    await stage.lan.host.run('sysctl', '-q', '-w', `net/ipv6/conf/${second.device}/accept_ra=2`)
    await stage.network('nat', plan)
    await Promise.all([uno, dos].map((guest) => guest.plugInto('red-salida')))
    for (const [index, guest] of [uno, dos].entries()) {
      await guest.fixed(`192.168.105.${index + 2}/24`, '192.168.105.1')
      await guest.fixed6(`fd00:105::${index + 2}/64`, 'fd00:105::1')
    }
  })

  it('S4.3 S3.2 NAT through a chosen device, in IPv4 and in IPv6: machines leave by that one, and by no other', async () => {
    const { lan } = stage
    // routes and neighbours settle when they do
    const poll = <T>(ask: () => Promise<T>) => expect.poll(ask, { timeout: 90_000 })
    const out = { by: 'outside', seenAs: second.host }
    const ask = async (): Promise<unknown[]> => {
      const said = await uno.reach(second.router, place.router, place.internet)
      return [second.router, place.router, place.internet].map((one) => said.get(one)?.tcp)
    }
    // where the host's own way to the Internet is the other device, the network does not let it out there
    await poll(ask).toEqual([out, { fault: 'refused' }, { fault: 'refused' }])
    await lan.host.run('ip', 'route', 'replace', 'default', 'via', second.router)
    try {
      await poll(ask).toEqual([out, { fault: 'refused' }, out])
    } finally {
      await lan.host.run('ip', 'route', 'replace', 'default', 'via', place.router)
    }

    await poll(() => uno.ask6(second.router6)).toEqual({ by: 'outside', seenAs: second.host6 })
    await poll(() => uno.ask6(second.firstRouter6)).toEqual({ fault: 'refused' })
    // by an address of its own making too: the host advertises the subnet
    const inside: unknown = expect.stringMatching(/^fd00:105::/)
    await poll(() => uno.ask6('fd00:105::3')).toEqual({ by: 'dos', seenAs: inside })
    await poll(() => dos.ask6('fd00:105::1')).toEqual({ by: 'host', seenAs: inside })
    await poll(() => lan.host.ask('fd00:105::2')).toEqual({ by: 'uno', seenAs: 'fd00:105::1' })
    await lan.outside.run('ip', 'route', 'replace', 'fd00:105::/64', 'via', second.host6)
    await poll(() => lan.outside.ask('fd00:105::2')).toEqual({ fault: 'refused' })
  })
})

it('S3.2 S3.15 S4.6 isolated without DHCP: machines with fixed addresses reach each other and the host, and nothing else', async () => {
  for (const guest of [uno, dos]) await guest.remove()
  const dnsRecords = [{ address: '192.168.102.1', names: ['anfitrion.red-aislada'] }]
  const ipv4 = { cidr: '192.168.102.0/24', gateway: null, dhcp: null }
  const network = await stage.network('isolated', { name: 'red-aislada', domain: 'red-aislada', ipv4, dnsRecords })
  ;[uno, dos] = await stage.boot(network)
  expect(await summaryOf(uno)).toMatchObject({ addresses: [], noAddress: 'static', example: '192.168.102.2/24', dns: '192.168.102.1' })
  await uno.fixed('192.168.102.2/24')
  await dos.fixed('192.168.102.3/24')
  // the lease that this card has on red-nat is no address here, and none is waited for
  await expectNoneBut(uno, '192.168.102.2')
  await expectNoneBut(dos, '192.168.102.3')
  expect((await uno.reach(place.internet)).get(place.internet)).toEqual({ tcp: { fault: 'network unreachable' }, ping: false })

  // with a way out as well it is the network that refuses
  await uno.fixed('192.168.102.2/24', '192.168.102.1')
  await dos.fixed('192.168.102.3/24', '192.168.102.1')
  const { seenAs, ...row } = await measureReach({
    lan: stage.lan, guests: [uno, dos], addresses: ['192.168.102.2', '192.168.102.3'], host: '192.168.102.1', subnet: '192.168.102.0/24', hostsName: 'anfitrion.red-aislada',
  }) // prettier-ignore
  expect(row).toEqual(reachOfNetwork(network))
  expect(seenAs).toBeNull()
  await expect.poll(async () => (await uno.reach(place.internet)).get(place.internet)?.tcp).toEqual({ fault: 'refused' })
  expect(await shownOf(uno)).toEqual([{ address: '192.168.102.2', prefix: null, origin: 'arp' }])
})

it('S3.2 S3.16 S4.7 very isolated: machines of any common subnet reach each other only, and no address is shown', async () => {
  const network = await stage.network('very-isolated', { name: 'red-muy-aislada' })
  for (const guest of [uno, dos]) await guest.plugInto('red-muy-aislada')
  await uno.fixed('172.22.0.2/16', '172.22.0.1')
  await dos.fixed('172.22.0.3/16', '172.22.0.1')
  for (const guest of [uno, dos]) {
    expect(await summaryOf(guest)).toMatchObject({ addresses: [], noAddress: 'static', gateway: null, dns: null, host: 'no', machines: 'yes' })
  }
  const { seenAs, ...row } = await measureReach({
    lan: stage.lan, guests: [uno, dos], addresses: ['172.22.0.2', '172.22.0.3'], host: '172.22.0.1', subnet: '172.22.0.0/16', hostsName: 'uno',
  }) // prettier-ignore
  expect(row).toEqual(reachOfNetwork(network))
  expect(seenAs).toBeNull()
})
