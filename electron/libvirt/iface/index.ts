/** The network of a host that only its libvirt can look at. https://libvirt.org/manpages/virsh.html#interface-commands */
import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import type { Target } from '../target.ts'
import { virshRead, type Answer } from '../virsh.ts'
import { parseXml, type XmlElement } from '../xml/document.ts'
import { readDevices, readNames, readNodes, routesOf } from './read.ts'

/**
 * Devices and bridges as libvirt knows them, in two virsh processes; `virtual` are the names of bridges of libvirt's own.
 * Null where this libvirt tells nothing of its host's devices. Routes are those of the addresses, where they are told.
 */
export async function ifaceNetworking(target: Target, virtual: ReadonlySet<string>): Promise<HostNetworking | null> {
  const [listed, cards] = await virshRead(target, [['iface-list', '--all'], ['nodedev-list', '--cap=net']])
  const names = listed?.ok ? readNames(listed.text) : []
  if (names.length === 0) return null
  const nodes = cards?.ok ? cards.text.split('\n').flatMap((line) => (line.trim() === '' ? [] : [line.trim()])) : []
  const answers = await virshRead(target, [...names.map((name) => ['iface-dumpxml', `--interface=${name}`]), ...nodes.map((name) => ['nodedev-dumpxml', `--device=${name}`])])
  const facts = readNodes(documents(answers.slice(names.length)))
  const found = documents(answers.slice(0, names.length)).flatMap((el) => readDevices(el, facts))
  // a port of a bridge is told with the bridge, and may be told once more by itself
  const devices = [...new Map(found.toSorted((a, b) => Number(a.master !== null) - Number(b.master !== null)).map((one) => [one.name, one])).values()]
  const bridges = devices
    .filter((one) => one.kind === 'bridge' && !virtual.has(one.name) && !/^virbr\d+$/.test(one.name))
    .map(({ name, up, addresses }) => ({ name, up, addresses, ports: devices.filter((one) => one.master === name).map((one) => one.name) }))
  return { told: 'libvirt', devices, bridges, routes: routesOf(devices), autoconfigured: [], manager: 'unknown', helper: null }
}

/** Those that could be read: a device may be gone meanwhile. */
const documents = (answers: readonly Answer[]): XmlElement[] => answers.flatMap((one) => (one.ok ? [parseXml(one.text)] : []))
