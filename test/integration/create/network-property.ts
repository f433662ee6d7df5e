/** Plans as people type them, right and wrong; whatever the form takes, libvirt takes too. */
import fc from 'fast-check'
import { createNetwork } from '../../../electron/create/new-network.ts'
import { checkNetwork, type Around } from '../../../shared/model/network-checks.ts'
import { plannedKinds, type NetworkPlan, type StaticEntry, type SubnetPlan } from '../../../shared/model/network-plan.ts'
import type { DnsRecord } from '../../../shared/model/network.ts'
import { lines, virsh } from '../libvirt/objects.ts'
import { target } from './network-bench.ts'

const number = (max: number): fc.Arbitrary<number> => fc.integer({ min: 0, max })
/** Mostly of 10.50.0.0/16, sometimes from anywhere. */
const address4 = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom(0, 0, 0, 1, 255), number(255)).map(([third, last]) => `10.50.${third}.${last}`) },
  { weight: 1, arbitrary: fc.ipV4() },
  { weight: 1, arbitrary: fc.constantFrom('', '10.50.0', '010.50.0.1', '10.50.0.256', ' 10.50.0.9 ') },
)
const address6 = fc.oneof(
  { weight: 8, arbitrary: fc.tuple(fc.constantFrom('fd50::', 'FD50:0::'), number(0xffff)).map(([start, last]) => `${start}${last.toString(16)}`) },
  { weight: 1, arbitrary: fc.ipV6() },
  { weight: 1, arbitrary: fc.constantFrom('', 'fd50:::1', 'fd50::1%eth0', '::ffff:10.0.0.1') },
)
const word = fc.oneof(
  fc.stringMatching(/^[a-z0-9-]{1,12}$/),
  fc.constantFrom('web', 'WEB', 'a.b', 'a..b', '-a', 'a-', 'a_b', 'ñ', 'a b', `x'y`, 'a"b', 'a&b', '1', 'localhost', 'a'.repeat(63), 'a'.repeat(64), 'set', 'ignore', '*', '#', '', `${'a'.repeat(60)}.`.repeat(3) + 'b'),
)
const mac = fc.oneof(
  { weight: 6, arbitrary: number(0xffffff).map((last) => `52:54:00:${(last + 0x1000000).toString(16).slice(1).replaceAll(/(..)(?=.)/g, '$1:')}`) },
  { weight: 1, arbitrary: fc.constantFrom('', '01:00:5e:00:00:01', '00:00:00:00:00:00', 'FE:FF:FF:FF:FF:FF', '52-54-00-00-00-01', '52:54:00:00:00') },
)
const entry = (address: fc.Arbitrary<string>, four: boolean): fc.Arbitrary<StaticEntry> =>
  fc.record({ mac: four ? mac : fc.oneof({ weight: 9, arbitrary: fc.constant('') }, { weight: 1, arbitrary: mac }), address, name: word })

function subnet(cidr: fc.Arbitrary<string>, address: fc.Arbitrary<string>, four: boolean): fc.Arbitrary<SubnetPlan | null> {
  const range = fc.oneof(
    { weight: 3, arbitrary: fc.tuple(address, address).map(([one, other]) => ({ start: one, end: other })) },
    { weight: 1, arbitrary: address.map((one) => ({ start: one, end: one })) },
    { weight: 3, arbitrary: fc.constant(four ? { start: '10.50.0.2', end: '10.50.0.99' } : { start: 'fd50::2', end: 'fd50::99' }) },
  )
  const dhcp = fc.record({ ranges: fc.array(range, { maxLength: 2 }), hosts: fc.array(entry(address, four), { maxLength: 2 }) })
  return fc.option(fc.record({ cidr, gateway: fc.option(address, { freq: 3, nil: null }), dhcp: fc.option(dhcp, { nil: null }) }), { freq: 4, nil: null })
}

const cidr4 = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('10.50.0.0/24', '10.50.0.0/16', '10.50.0.0/24', '10.50.0.0/30', '10.50.0.0/29', '10.0.0.0/8', ' 10.50.0.0/24') },
  { weight: 2, arbitrary: fc.tuple(fc.ipV4(), number(34)).map(([address, prefix]) => `${address}/${prefix}`) },
)
const cidr6 = fc.oneof(
  { weight: 6, arbitrary: fc.constantFrom('fd50::/64', 'FD50::/64', 'fd50::/112', 'fd50::/120', 'fd50::/48', 'fd50::/126') },
  { weight: 1, arbitrary: fc.tuple(fc.ipV6(), number(130)).map(([address, prefix]) => `${address}/${prefix}`) },
)
const name = fc.oneof(fc.string({ unit: 'binary', minLength: 1, maxLength: 12 }), fc.string({ unit: 'grapheme', minLength: 1 }), word, fc.constantFrom('x'.repeat(245), '"'.repeat(40), '--help', '..', ' a ', 'a%sb', 'a\\b', '$(x)', 'a\u0085b', 'a\u2028b', '\u202ea'))
const bridge = fc.oneof({ weight: 3, arbitrary: fc.constant('') }, { weight: 2, arbitrary: fc.stringMatching(/^[a-zA-Z0-9_.:%\\/-]{1,16}$/) }, { weight: 1, arbitrary: fc.constantFrom('all', 'default', '.', 'lo', 'ph0', 'virbr0') })
const device = fc.constantFrom('ph0', 'br0', 'lo', 'nope0', '', 'a b')
const record: fc.Arbitrary<DnsRecord> = fc.record({ address: fc.oneof(address4, address6), names: fc.array(word, { maxLength: 2 }) })

const anyPlan: fc.Arbitrary<NetworkPlan> = fc.record({
  connection: fc.constant(target.connection),
  name,
  kind: fc.constantFrom(...plannedKinds),
  forwardDevice: fc.option(device, { freq: 3, nil: null }),
  ipv4: subnet(cidr4, address4, true),
  ipv6: subnet(cidr6, address6, false),
  domain: fc.oneof(fc.constant(''), word),
  dnsRecords: fc.array(record, { maxLength: 2 }),
  mtu: fc.option(fc.oneof(number(70_000), fc.constantFrom(68, 1279, 1280, 65_535, 9000)), { freq: 3, nil: null }),
  bridge,
  hostBridge: device,
  hostDevice: device,
  start: fc.constant(true),
  autostart: fc.constant(true),
})

/** A plan that the form takes: drawn anew until it does, at most so often. */
export const acceptedPlan = (around: Around): fc.Arbitrary<NetworkPlan> =>
  anyPlan.map((plan) => mended(plan, around)).filter((plan) => checkNetwork(plan, around).every((one) => one.level !== 'error'))

/** What is wrong is put right field by field, as a person would who reads what the form says: else hardly any plan were taken. */
function mended(plan: NetworkPlan, around: Around): NetworkPlan {
  let right = plan
  for (let turn = 0; turn < 12; turn++) {
    const wrong = checkNetwork(right, around).find((one) => one.level === 'error')
    if (!wrong) return right
    right = withoutField(right, wrong.field.split('.'))
  }
  return right
}

function withoutField(plan: NetworkPlan, [field = '', part, index, ...rest]: readonly string[]): NetworkPlan {
  switch (field) {
    case 'ipv4':
    case 'ipv6': {
      const one = plan[field]
      const fresh: SubnetPlan = { cidr: field === 'ipv4' ? '10.50.0.0/24' : 'fd50::/64', gateway: null, dhcp: null }
      if (!one || part === 'cidr' || part === undefined) return { ...plan, [field]: one && one.cidr !== fresh.cidr ? { ...one, cidr: fresh.cidr } : fresh }
      if (part === 'gateway') return { ...plan, [field]: { ...one, gateway: null } }
      if (one.dhcp === null || index === undefined) return { ...plan, [field]: { ...one, dhcp: null } }
      const list = part === 'ranges' ? 'ranges' : 'hosts'
      return { ...plan, [field]: { ...one, dhcp: { ...one.dhcp, [list]: one.dhcp[list].filter((_, at) => at !== Number(index)) } } }
    }
    case 'dnsRecords':
      return { ...plan, dnsRecords: plan.dnsRecords.filter((_, at) => at !== Number(part)) }
    case 'mtu':
    case 'forwardDevice':
      return { ...plan, [field]: null }
    case 'hostBridge':
      return { ...plan, hostBridge: 'br0' }
    case 'hostDevice':
      return { ...plan, hostDevice: 'ph0' }
    case 'name':
      return { ...plan, name: 'red' + rest.join('') }
    default:
      return { ...plan, [field]: '' }
  }
}

/** Makes and starts it, and takes it away; throws with libvirt's own words where libvirt refuses. */
export async function tryOut(plan: NetworkPlan): Promise<void> {
  const { uuid } = await createNetwork(target, plan)
  const active = lines(virsh('net-list', '--uuid')).includes(uuid)
  virsh(`net-destroy ${uuid}; net-undefine ${uuid}`)
  if (!active) throw new Error('it does not run')
}
