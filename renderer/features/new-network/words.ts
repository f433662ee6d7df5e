import type { TFunction } from 'i18next'
import type { HostBridge, HostDevice } from '../../../shared/model/host-networking.ts'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import type { NetworkReach } from '../../../shared/model/reach.ts'

/** The columns of the matrix in the course's order. */
export const matrixColumns = ['dhcp', 'dns', 'outside', 'host', 'machines', 'setup', 'inbound'] as const satisfies readonly (keyof NetworkReach)[]

/** What a cell of the matrix says. */
export function reachText(t: TFunction, reach: NetworkReach, column: (typeof matrixColumns)[number]): string {
  const value = column === 'setup' && reach.setup === 'lan' ? 'setup-lan' : reach[column]
  return t(`new-network:help.value.${value}`)
}

/** "br0, with enp1s0". */
export function bridgeText(t: TFunction, { name, ports }: HostBridge): string {
  return ports.length > 0 ? t('new-network:field.bridgePorts', { name, ports: ports.join(', ') }) : t('new-network:field.noPorts', { name })
}

/** "enp1s0, wired", or why a card cannot be shared by macvtap. */
export function deviceText(t: TFunction, { name, kind, master }: HostDevice): string {
  if (master !== null) return t('new-network:field.inBridge', { name, bridge: master })
  return t('new-network:field.deviceFact', { name, kind: t(`new-network:device.${kind}`) })
}

/** A device that libvirt made for a machine or a network of its own: nothing to go out through. https://libvirt.org/formatdomain.html#network-interfaces */
export const isGuestDevice = (name: string): boolean => /^(?:vnet|tap|macvtap|virbr)\d+$/.test(name)

/** What stands in a field of a plan now ("ipv4.hosts.2.mac"); undefined where the plan has no such field. */
export function valueAt(plan: NetworkPlan, field: string): unknown {
  const path = field.split('.')
  const [family, part] = path
  const below = (family === 'ipv4' || family === 'ipv6') && (part === 'ranges' || part === 'hosts') ? [family, 'dhcp', ...path.slice(1)] : path
  return below.reduce<unknown>((value, key) => (typeof value === 'object' && value !== null ? (value as Record<string, unknown>)[key] : undefined), plan)
}

/** Whether nothing stands in a field that something must be in: it is not complained about before somebody was there. */
export function isEmpty(value: unknown): boolean {
  return value === '' || value === null || value === undefined || (Array.isArray(value) && value.length === 0)
}

/** The label of a field that an obstacle is in, with a colon; "" for the name, which is spoken of by itself. */
export function placeText(t: TFunction, field: string): string {
  const [first = '', part = '', row, key] = field.split('.')
  const six = first === 'ipv6'
  if (first === 'dnsRecords') return placeOf(t, t('new-network:rows.records'), part)
  if (part === 'hosts') return placeOf(t, t(six ? 'new-network:rows.hosts6' : 'new-network:rows.hosts'), row)
  if (part === 'ranges') return `${t(key === 'end' ? 'new-network:field.to' : 'new-network:field.from')}:`
  if (part === 'gateway') return `${t(six ? 'new-network:field.gateway6' : 'new-network:field.gateway')}:`
  if (first === 'ipv4' || first === 'ipv6') return `${t(`new-network:field.${first}`)}:`
  return first === 'domain' || first === 'mtu' || first === 'bridge' ? `${t(`new-network:field.${first}`)}:` : ''
}

const placeOf = (t: TFunction, list: string, row: string | undefined): string =>
  row === undefined || row === '' ? `${list}:` : t('new-network:rows.place', { list, number: Number(row) + 1 })
