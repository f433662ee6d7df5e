/** The form of a network: what is typed, and what follows from it while nobody typed it by hand. */
import type { Family } from '../../../shared/lib/subnets.ts'
import { parseSubnet } from '../../../shared/lib/subnets.ts'
import type { DhcpRange } from '../../../shared/model/network.ts'
import type { NetworkPlan, StaticEntry, SubnetPlan } from '../../../shared/model/network-plan.ts'
import { takesDevice } from '../../../shared/model/network-checks.ts'
import { domainOfName, hasAddresses, wholeRange } from '../../../shared/model/network-proposal.ts'
import { kindOfChoice, type Choice } from './choices.ts'

export interface NetworkForm {
  readonly plan: NetworkPlan
  /** Fields typed by hand, which follow no other one any more: "domain", "ipv4.ranges", "ipv4.dhcp"… */
  readonly typed: ReadonlySet<string>
  /** What a kind without addresses, or a switch that is off, has put aside. */
  readonly kept: Readonly<Record<Family, SubnetPlan>> & {
    readonly shown: Readonly<Record<Family, boolean>>
    readonly dhcp: Readonly<Record<Family, NonNullable<SubnetPlan['dhcp']>>>
    readonly domain: string
  }
}

export type FormEvent =
  | { readonly kind: 'choice'; readonly choice: Choice; readonly hostBridge: string; readonly hostDevice: string }
  /** The host has answered: free subnets in place of those that it has routes to, and a bridge and a card that would do. */
  | { readonly kind: 'proposal'; readonly ipv4: string; readonly ipv6: string; readonly hostBridge: string; readonly hostDevice: string }
  | { readonly kind: 'name'; readonly name: string }
  | { readonly kind: 'domain'; readonly domain: string }
  | { readonly kind: 'family'; readonly family: Family; readonly on: boolean }
  | { readonly kind: 'cidr'; readonly family: Family; readonly cidr: string }
  | { readonly kind: 'gateway'; readonly family: Family; readonly gateway: string }
  | { readonly kind: 'dhcp'; readonly family: Family; readonly on: boolean }
  | { readonly kind: 'ranges'; readonly family: Family; readonly ranges: readonly DhcpRange[] }
  | { readonly kind: 'hosts'; readonly family: Family; readonly hosts: readonly StaticEntry[] }
  | { readonly kind: 'edit'; readonly patch: Partial<Pick<NetworkPlan, 'forwardDevice' | 'dnsRecords' | 'mtu' | 'bridge' | 'hostBridge' | 'hostDevice' | 'start' | 'autostart'>> }

const emptyDhcp = { ranges: [], hosts: [] } as const

/** A form of a plan; `typed`: every field of a network that is there already was typed once. */
export function formOf(plan: NetworkPlan, subnets: Readonly<Record<Family, string>>, typed: Iterable<string> = []): NetworkForm {
  const aside = (family: Family): SubnetPlan => plan[family] ?? { cidr: subnets[family], gateway: null, dhcp: null }
  const dhcp = (family: Family) => plan[family]?.dhcp ?? { ...emptyDhcp, ranges: wholeRange(aside(family).cidr) }
  return {
    plan,
    typed: new Set(typed),
    kept: {
      ipv4: aside('ipv4'),
      ipv6: aside('ipv6'),
      shown: { ipv4: hasAddresses(plan.kind) ? plan.ipv4 !== null : true, ipv6: plan.ipv6 !== null },
      dhcp: { ipv4: dhcp('ipv4'), ipv6: dhcp('ipv6') },
      domain: plan.domain,
    },
  }
}

const withTyped = (form: NetworkForm, field: string): ReadonlySet<string> => new Set([...form.typed, field])

/** Sets a subnet, and remembers it for when it comes back. */
function withSubnet(form: NetworkForm, family: Family, subnet: SubnetPlan): NetworkForm {
  const dhcp = subnet.dhcp ? { ...form.kept.dhcp, [family]: subnet.dhcp } : form.kept.dhcp
  return { ...form, plan: { ...form.plan, [family]: subnet }, kept: { ...form.kept, [family]: subnet, dhcp } }
}

/** DHCP as a choice wants it, unless somebody has switched it by hand for a kind that leaves it open. */
function withDhcp(form: NetworkForm, family: Family, on: boolean): NetworkForm {
  const subnet = form.plan[family]
  if (!subnet || (subnet.dhcp !== null) === on) return form
  return withSubnet(form, family, { ...subnet, dhcp: on ? form.kept.dhcp[family] : null })
}

function choose(form: NetworkForm, event: Extract<FormEvent, { kind: 'choice' }>): NetworkForm {
  const { kind, dhcp } = kindOfChoice(event.choice)
  const { plan, kept } = form
  const bridged = kind === 'bridge' || kind === 'macvtap'
  const own = {
    kind,
    hostBridge: kind === 'bridge' ? plan.hostBridge || event.hostBridge : '',
    hostDevice: kind === 'macvtap' ? plan.hostDevice || event.hostDevice : '',
    ...(bridged ? { mtu: null, bridge: '' } : {}),
  }
  if (!hasAddresses(kind)) {
    return { ...form, plan: { ...plan, ...own, ipv4: null, ipv6: null, domain: '', dnsRecords: [], forwardDevice: null } }
  }
  const forwardDevice = takesDevice(kind) ? plan.forwardDevice : null
  const back = {
    ...plan,
    ...own,
    forwardDevice,
    ipv4: kept.shown.ipv4 ? kept.ipv4 : null,
    ipv6: kept.shown.ipv6 ? kept.ipv6 : null,
    domain: form.typed.has('domain') ? kept.domain : domainOfName(plan.name),
  }
  const next = { ...form, plan: back }
  return form.typed.has('ipv4.dhcp') && kind !== 'isolated' ? next : withDhcp(next, 'ipv4', dhcp)
}

function changeCidr(form: NetworkForm, family: Family, cidr: string): NetworkForm {
  const subnet = form.plan[family]
  if (!subnet) return form
  // A gateway or range that nobody typed moves with the subnet; half a subnet moves nothing.
  const follows = !form.typed.has(`${family}.ranges`) && parseSubnet(cidr.trim())?.family === family
  const ranges = follows ? wholeRange(cidr.trim()) : (subnet.dhcp ?? form.kept.dhcp[family]).ranges
  const dhcp = { ...(subnet.dhcp ?? form.kept.dhcp[family]), ranges }
  const next = withSubnet(form, family, { ...subnet, cidr, dhcp: subnet.dhcp ? dhcp : null })
  return { ...next, kept: { ...next.kept, dhcp: { ...next.kept.dhcp, [family]: dhcp } } }
}

/** A subnet that nobody has typed or switched gives way to a free one, also where a kind has put it aside. */
function repropose(form: NetworkForm, family: Family, cidr: string): NetworkForm {
  const { plan, kept, typed } = form
  const touched = (['cidr', 'gateway', 'ranges', 'hosts'] as const).some((part) => typed.has(`${family}.${part}`))
  if (touched || kept[family].cidr === cidr) return form
  const dhcp = { ...kept.dhcp[family], ranges: wholeRange(cidr) }
  const moved = (subnet: SubnetPlan): SubnetPlan => ({ ...subnet, cidr, dhcp: subnet.dhcp ? dhcp : null })
  const subnet = plan[family]
  return {
    ...form,
    plan: { ...plan, [family]: subnet && moved(subnet) },
    kept: { ...kept, [family]: moved(kept[family]), dhcp: { ...kept.dhcp, [family]: dhcp } },
  }
}

function withHostParts(form: NetworkForm, { hostBridge, hostDevice }: { readonly hostBridge: string; readonly hostDevice: string }): NetworkForm {
  const { plan } = form
  if (plan.kind === 'bridge') return { ...form, plan: { ...plan, hostBridge: plan.hostBridge || hostBridge } }
  return plan.kind === 'macvtap' ? { ...form, plan: { ...plan, hostDevice: plan.hostDevice || hostDevice } } : form
}

function switchFamily(form: NetworkForm, family: Family, on: boolean): NetworkForm {
  const kept = { ...form.kept, shown: { ...form.kept.shown, [family]: on } }
  return { ...form, kept, plan: { ...form.plan, [family]: on ? form.kept[family] : null } }
}

/** The form after something was typed, switched or chosen. */
export function nextForm(form: NetworkForm, event: FormEvent): NetworkForm {
  const { plan } = form
  switch (event.kind) {
    case 'choice':
      return choose(form, event)
    case 'proposal':
      return repropose(repropose(withHostParts(form, event), 'ipv4', event.ipv4), 'ipv6', event.ipv6)
    case 'name': {
      const follows = !form.typed.has('domain') && hasAddresses(plan.kind)
      return { ...form, typed: withTyped(form, 'name'), plan: { ...plan, name: event.name, domain: follows ? domainOfName(event.name) : plan.domain } }
    }
    case 'domain':
      return { ...form, typed: withTyped(form, 'domain'), plan: { ...plan, domain: event.domain }, kept: { ...form.kept, domain: event.domain } }
    case 'family':
      return switchFamily(form, event.family, event.on)
    case 'cidr':
      return { ...changeCidr(form, event.family, event.cidr), typed: withTyped(form, `${event.family}.cidr`) }
    case 'gateway': {
      const subnet = plan[event.family]
      if (!subnet) return form
      const next = withSubnet(form, event.family, { ...subnet, gateway: event.gateway === '' ? null : event.gateway })
      return { ...next, typed: withTyped(form, `${event.family}.gateway`) }
    }
    case 'dhcp':
      return { ...withDhcp(form, event.family, event.on), typed: withTyped(form, `${event.family}.dhcp`) }
    case 'ranges':
    case 'hosts': {
      const subnet = plan[event.family]
      if (!subnet?.dhcp) return form
      const dhcp = event.kind === 'ranges' ? { ...subnet.dhcp, ranges: event.ranges } : { ...subnet.dhcp, hosts: event.hosts }
      return { ...withSubnet(form, event.family, { ...subnet, dhcp }), typed: withTyped(form, `${event.family}.${event.kind}`) }
    }
    case 'edit':
      return { ...form, plan: { ...plan, ...event.patch }, typed: new Set([...form.typed, ...Object.keys(event.patch)]) }
  }
}
