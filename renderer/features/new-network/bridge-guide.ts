/** How to make a bridge of a wired card by the host's own means, and how to take it back: lines to copy. */
import { shellLine } from '../../../shared/lib/shell.ts'
import type { HostDevice, HostNetworking, NetworkManager } from '../../../shared/model/host-networking.ts'

export const guideManagers = ['networkmanager', 'ifupdown', 'netplan', 'systemd-networkd'] as const
export type GuideManager = (typeof guideManagers)[number]

export interface GuideStep {
  /** `run`: lines for a terminal; `edit`: lines that go into /etc/network/interfaces by hand. */
  readonly how: 'run' | 'edit'
  readonly text: string
}

export interface BridgeGuide {
  readonly make: readonly GuideStep[]
  readonly undo: string
}

export interface GuideSubject {
  /** A wired device of the host. */
  readonly device: string
  /** A name that no device has. */
  readonly bridge: string
}

/** Where the guide's tabs begin: at the manager that was found. */
export const firstManager = (manager: NetworkManager): GuideManager => (manager === 'unknown' ? 'networkmanager' : manager)

/** Cards that a bridge can be made of: wired, and in none yet; that of the default route first. */
export function bridgeableDevices({ devices }: Pick<HostNetworking, 'devices'>): readonly HostDevice[] {
  const wired = devices.filter((one) => one.kind === 'wired' && one.master === null)
  return wired.toSorted((a, b) => Number(b.defaultRoute) - Number(a.defaultRoute) || Number(b.up) - Number(a.up))
}

/** "br0", or the first brN that nothing on the host is called. */
export function freeBridgeName({ devices, bridges }: Pick<HostNetworking, 'devices' | 'bridges'>): string {
  const taken = new Set([...devices, ...bridges].map((one) => one.name))
  for (let number = 0; ; number++) if (!taken.has(`br${number}`)) return `br${number}`
}

const sudo = (...words: readonly string[]): string => shellLine(['sudo', ...words])
const lines = (...all: readonly string[]): string => all.join('\n')
const run = (...all: readonly string[]): GuideStep => ({ how: 'run', text: lines(...all) })

/** Writes a file of root's from a here-document, in which nothing is expanded. */
const write = (path: string, content: readonly string[]): string => lines(`${sudo('tee', path)} > /dev/null <<'END'`, ...content, 'END')

/** https://networkmanager.dev/docs/api/latest/nmcli.html: the port's profile is preferred to the card's own, which stays as it is. */
function networkManager({ device, bridge }: GuideSubject): BridgeGuide {
  const port = `${bridge}-${device}`
  const add = ['nmcli', 'connection', 'add', 'type']
  return {
    make: [
      run(
        sudo(...add, 'bridge', 'con-name', bridge, 'ifname', bridge, 'bridge.stp', 'no', 'connection.autoconnect-slaves', '1'),
        sudo(...add, 'ethernet', 'slave-type', 'bridge', 'con-name', port, 'ifname', device, 'master', bridge, 'connection.autoconnect-priority', '10'),
        sudo('nmcli', 'connection', 'up', bridge),
      ),
    ],
    undo: lines(
      `${sudo('nmcli', 'connection', 'delete', port)}; ${sudo('nmcli', 'connection', 'delete', bridge)}; ${sudo('nmcli', 'device', 'connect', device)}`,
    ),
  }
}

/** bridge-utils-interfaces(5): a port has no stanza of its own. The card goes down as the old file says, since its stanza is gone. */
function ifupdown({ device, bridge }: GuideSubject): BridgeGuide {
  const file = '/etc/network/interfaces'
  const before = `${file}.before-${bridge}`
  return {
    make: [
      run(sudo('apt', 'install', 'bridge-utils'), sudo('cp', '-a', file, before)),
      {
        how: 'edit',
        text: lines(`auto ${bridge}`, `iface ${bridge} inet dhcp`, `    bridge_ports ${device}`, '    bridge_stp off', '    bridge_fd 0'),
      },
      run(`${sudo('ifdown', `--interfaces=${before}`, device)}; ${sudo('ifup', bridge)}`),
    ],
    undo: lines(`${sudo('ifdown', bridge)}; ${sudo('cp', '-a', before, file)}; ${sudo('ifup', device)}`),
  }
}

/** YAML reads bare words such as "on" or "1e3" as something else. */
const yamlName = (name: string): string => (/^(?!(?:y|n|yes|no|on|off|true|false|null)$)[a-z][a-z0-9_-]*$/.test(name) ? name : JSON.stringify(name))

/** https://netplan.readthedocs.io: the last file wins; `apply` takes no bridge away, and `try` refuses bridges with parameters. */
function netplan({ device, bridge }: GuideSubject): BridgeGuide {
  const file = `/etc/netplan/99-${bridge}.yaml`
  const content = [
    'network:',
    '  version: 2',
    '  ethernets:',
    `    ${yamlName(device)}:`,
    '      dhcp4: false',
    '      dhcp6: false',
    '  bridges:',
    `    ${yamlName(bridge)}:`,
    `      interfaces: [${yamlName(device)}]`,
    '      dhcp4: true',
    '      parameters:',
    '        stp: false',
    '        forward-delay: 0',
  ]
  return {
    make: [run(write(file, content), sudo('chmod', '600', file), sudo('netplan', 'apply'))],
    undo: lines(`${sudo('rm', file)}; ${sudo('ip', 'link', 'delete', bridge)}; ${sudo('netplan', 'apply')}`),
  }
}

/** systemd.network(5): the file that sorts first is the one that counts for a device. */
function systemdNetworkd({ device, bridge }: GuideSubject): BridgeGuide {
  const folder = '/etc/systemd/network'
  const [made, port, address] = [`${folder}/05-${bridge}.netdev`, `${folder}/05-${bridge}-port.network`, `${folder}/05-${bridge}.network`]
  return {
    make: [
      run(
        write(made, ['[NetDev]', `Name=${bridge}`, 'Kind=bridge']),
        write(port, ['[Match]', `Name=${device}`, '[Network]', `Bridge=${bridge}`]),
        write(address, ['[Match]', `Name=${bridge}`, '[Network]', 'DHCP=yes']),
        sudo('networkctl', 'reload'),
      ),
    ],
    undo: lines(`${sudo('rm', made, port, address)}; ${sudo('ip', 'link', 'delete', bridge)}; ${sudo('networkctl', 'reload')}`),
  }
}

/** The lines for one of the host's network managers. Those that cut the connection stand in one line, so that it runs to its end. */
export function bridgeGuide(manager: GuideManager, subject: GuideSubject): BridgeGuide {
  switch (manager) {
    case 'networkmanager':
      return networkManager(subject)
    case 'ifupdown':
      return ifupdown(subject)
    case 'netplan':
      return netplan(subject)
    case 'systemd-networkd':
      return systemdNetworkd(subject)
  }
}
