/** Machines on the LAN itself: by a bridge of the host's, and by macvtap on its card. */
import { afterAll, beforeAll, expect, it } from 'vitest'
import { labMode } from '../../../electron/lab/lab.ts'
import type { CardSource } from '../../../shared/model/card.ts'
import type { Network } from '../../../shared/model/network.ts'
import { reachOfNetwork } from '../../../shared/model/reach.ts'
import { until } from '../../harness/index.ts'
import { lan as place } from '../../harness/lan.ts'
import type { NetworkGuest } from '../../harness/network-guest.ts'
import { measureReach } from './matrix.ts'
import { bare, leaseOf, openStage, shownOf, summaryOf, virsh, type Stage } from './stage.ts'

let stage: Stage
let guests: readonly NetworkGuest[] = []
beforeAll(async () => {
  stage = await openStage()
})
afterAll(() => stage.end())

/**
 * Boots the guests, the first with an agent and on the network, the second with its card on the same device by itself;
 * compares what is shown, and who reaches whom.
 */
async function tryOut(network: Network, card: CardSource): Promise<void> {
  const [uno, dos] = await stage.boot(network, { agent: true, second: card })
  guests = [uno, dos]
  const [first, second] = await Promise.all([uno.leased(), dos.leased()])
  for (const address of [first, second]) expect(bare(address)).toMatch(place.lease)
  const { seenAs, ...row } = await measureReach({
    lan: stage.lan, guests: [uno, dos], addresses: [bare(first), bare(second)], host: place.host, subnet: null, hostsName: place.name,
  }) // prettier-ignore
  expect(row).toEqual(reachOfNetwork(network))
  expect(seenAs).toBe(bare(first))

  // the LAN's lease is nothing that libvirt knows of: the agent tells
  expect(await leaseOf(network, uno)).toBeUndefined()
  const told = await until('the agent', 20_000, async () => {
    const shown = (await shownOf(uno)).filter((one) => !one.address.includes(':'))
    return shown.length > 0 ? shown : undefined
  })
  expect(told).toEqual([{ address: bare(first), prefix: 24, origin: 'agent' }])
  // without an agent there is what the host itself has met, which through macvtap is nobody
  expect(await shownOf(dos)).toEqual(row.host === 'yes' ? [{ address: bare(second), prefix: null, origin: 'arp' }] : [])
  for (const guest of [uno, dos]) expect(await summaryOf(guest)).toMatchObject({ gateway: 'lan', dns: 'lan', host: row.host })
}

it('S3.2 S4.8 S4.12 bridge: machines are on the LAN as the host is, and the agent says their address', async () => {
  await stage.lan.makeBridge('br0')
  stage.later(() => stage.lan.removeBridge('br0'))
  await tryOut(await stage.network('bridge', { name: 'red-puente', hostBridge: 'br0' }), { type: 'bridge', bridge: 'br0' })
})

it('S3.2 S4.10 S4.11 S4.12 macvtap: all of the LAN and each other, but not the host', async ({ skip }) => {
  if (labMode() === 'user') skip('macvtap opens /dev/tapN, which belongs to the machine’s root alone')
  for (const guest of guests) await guest.remove()
  await virsh('net-destroy', '--network=red-puente')
  await stage.lan.removeBridge('br0')
  const network = await stage.network('macvtap', { name: 'red-macvtap', hostDevice: place.device })
  await tryOut(network, { type: 'direct', device: place.device })
  expect(await virsh('domiflist', '--domain=dos')).toMatch(/\sdirect\s+enp1s0\s/)
})
