/** A network of each kind with machines on it, as libvirt's test driver reads them from a file. */
const kinds = {
  nat: "<forward mode='nat'/><bridge name='virbr1'/><domain name='red-nat'/><ip address='192.168.101.1' netmask='255.255.255.0'><dhcp><range start='192.168.101.2' end='192.168.101.254'/><host mac='52:54:00:00:00:01' name='servidor' ip='192.168.101.10'/></dhcp></ip>",
  route: "<forward mode='route' dev='enp1s0'/><bridge name='virbr2'/><mtu size='9000'/><ip address='10.20.0.1' prefix='16'/><ip family='ipv6' address='2001:db8:20::1' prefix='64'><dhcp><range start='2001:db8:20::100' end='2001:db8:20::1ff'/></dhcp></ip>",
  open: "<forward mode='open'/><bridge name='virbr3'/><ip address='192.168.103.1' netmask='255.255.255.0'><dhcp><range start='192.168.103.2' end='192.168.103.254'/></dhcp></ip>",
  isolated: "<bridge name='virbr4'/><dns><host ip='192.168.102.2'><hostname>web</hostname><hostname>web.aislada.local</hostname></host></dns><domain name='red-aislada'/><ip address='192.168.102.1' netmask='255.255.255.0'/>",
  'very-isolated': "<bridge name='virbr5'/>",
  bridge: "<forward mode='bridge'/><bridge name='br0'/>",
  macvtap: "<forward mode='bridge'><interface dev='enp1s0'/></forward>",
} as const

export type ExampleKind = keyof typeof kinds

/** The UUID of the network of a kind. */
export const networkUuid = (kind: ExampleKind): string => `00000000-0000-4000-9000-00000000000${String(Object.keys(kinds).indexOf(kind))}`

const names = ['servidor', 'cliente-linux', 'windows11', 'base-de-datos-de-la-asignatura-de-redes', 'ñandú &amp; cía', 'alpine-lab', '&lt;router&gt;']
/** libvirt's numbers: running, running, shut off, paused. */
const states = [1, 1, 5, 3]

function machine(network: ExampleKind, index: number): string {
  const number = String(index + 1)
  const name = `${names[index % names.length] ?? ''}${index < names.length ? '' : `-${number}`}`
  return `<domain type='test' xmlns:test='http://libvirt.org/schemas/domain/test/1.0'>
    <name>${name}</name><uuid>00000000-0000-4000-8000-${number.padStart(12, '0')}</uuid>
    <memory unit='MiB'>512</memory><vcpu>1</vcpu><os><type>hvm</type></os>
    <devices><interface type='network'><mac address='52:54:00:00:00:${number.padStart(2, '0')}'/><source network='red-${network}'/></interface></devices>
    <test:runstate>${String(states[index % states.length])}</test:runstate>
  </domain>`
}

/** All kinds of networks, with so many machines on one of them. */
export function exampleNetworks(crowded: ExampleKind, machines: number): string {
  const all = Object.keys(kinds) as readonly ExampleKind[]
  const networks = all.map((kind) => `<network><name>red-${kind}</name><uuid>${networkUuid(kind)}</uuid>${kinds[kind]}</network>`)
  return [...networks, ...Array.from({ length: machines }, (_, index) => machine(crowded, index))].join('')
}
