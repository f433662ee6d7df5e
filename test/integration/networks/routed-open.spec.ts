/** Networks that route without NAT, and an isolated one with DHCP: the same two machines go from one to the next. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { networkDestroy, networkList, networkStart } from '../../../electron/libvirt/network/index.ts'
import { reconnectMachines } from '../../../electron/libvirt/network/reconnect.ts'
import { wholeRange } from '../../../shared/model/network-proposal.ts'
import type { PlannedKind } from '../../../shared/model/network-plan.ts'
import type { DhcpRange, Network } from '../../../shared/model/network.ts'
import { reachOfNetwork } from '../../../shared/model/reach.ts'
import { lan as place } from '../../harness/lan.ts'
import type { NetworkGuest } from '../../harness/network-guest.ts'
import { measureReach, type MeasuredReach } from './matrix.ts'
import { bare, expectToldSettings, leaseOf, openStage, shownOf, summaryOf, target, type Stage } from './stage.ts'

let stage: Stage
let guests: readonly [NetworkGuest, NetworkGuest] | undefined
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.end())

/** Makes the network, plugs the guests into it and lets them ask for addresses; everything of the row then. */
async function tryOut(kind: PlannedKind, name: string, part: string, ranges: readonly DhcpRange[]): Promise<{ network: Network; row: MeasuredReach; first: string }> {
  const [subnet, host] = [`${part}.0/24`, `${part}.1`]
  const network = await stage.network(kind, { name, domain: name, ipv4: { cidr: subnet, gateway: null, dhcp: { ranges, hosts: [] } } })
  if (guests) await Promise.all(guests.map((guest) => guest.plugInto(name).then(() => guest.askAnew())))
  guests ??= await stage.boot(network)
  const [uno, dos] = guests
  const addresses = await Promise.all([uno.leased(), dos.leased()])
  for (const [index, guest] of guests.entries()) {
    const address = addresses[index] ?? ''
    expect(address).toMatch(new RegExp(`^${part.replaceAll('.', '\\.')}\\.\\d+/24$`))
    expect(await leaseOf(network, guest)).toBe(address)
    expect(await shownOf(guest)).toEqual([{ address: bare(address), prefix: 24, origin: 'lease' }])
  }
  await expectToldSettings(uno)
  // libvirt's DHCP names no gateway on an isolated network; with one it is the network that refuses
  if (kind === 'isolated') for (const guest of guests) await guest.shell.run(`ip route add default via ${host}`)
  const [first, second] = [bare(addresses[0]), bare(addresses[1])]
  const row = await measureReach({ lan: stage.lan, guests, addresses: [first, second], host, subnet, hostsName: `dos.${name}` })
  return { network, row, first }
}

const tableSays = (network: Network): object | null => reachOfNetwork(network)

it('S3.2 S4.4 routed: both ways once the LAN’s router knows the way back, and the outside sees the guest itself', async () => {
  const { network, row: { seenAs, ...row }, first } = await tryOut('route', 'red-enrutada', '192.168.103', wholeRange('192.168.103.0/24')) // prettier-ignore
  expect(row).toEqual(tableSays(network))
  expect(seenAs).toBe(first)
})

it('S3.2 S4.5 open: libvirt adds no rule, and both ways are as the host forwards', async () => {
  const { network, row: { seenAs, ...row }, first } = await tryOut('open', 'red-abierta', '192.168.104', wholeRange('192.168.104.0/24')) // prettier-ignore
  expect(row).toEqual(tableSays(network))
  expect(seenAs).toBe(first)
})

it('S3.2 S3.8 S4.6 isolated with DHCP: addresses and names of the host, and nothing beyond it', async () => {
  const ranges = [{ start: '192.168.124.128', end: '192.168.124.254' }]
  const { network, row: { seenAs, ...row }, first } = await tryOut('isolated', 'red-aislada-dhcp', '192.168.124', ranges) // prettier-ignore
  expect(Number(first.split('.')[3])).toBeGreaterThanOrEqual(128)
  expect(row).toEqual(tableSays(network))
  expect(seenAs).toBeNull()
  await expect.poll(async () => (await guests?.[0].reach(place.internet))?.get(place.internet)?.tcp).toEqual({ fault: 'refused' })
})

it('a network that is restarted under running machines has them back: nobody stays cut off', async () => {
  if (!guests) throw new Error('the guests are there')
  const [uno, dos] = guests
  const { uuid, ...network } = (await networkList(target)).find((one) => one.name === 'red-aislada-dhcp') ?? { uuid: '', name: '' }
  const second = bare(await dos.leased())
  const answers = async (): Promise<readonly unknown[]> => {
    const got = await uno.reach(second, '192.168.124.1')
    return [second, '192.168.124.1'].map((address) => got.get(address)?.ping)
  }
  await networkDestroy(target, uuid)
  expect(await summaryOf(uno)).toMatchObject({ network: network.name, addresses: [], noAddress: 'network-off' })
  await networkStart(target, uuid)
  expect(await answers()).toEqual([false, false]) // libvirt itself leaves them unplugged
  expect(await reconnectMachines(target, uuid)).toEqual([])
  for (const guest of guests) await guest.plugged()
  await expect.poll(answers).toEqual([true, true])
})
