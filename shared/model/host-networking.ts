/** The network of the computer that a connection's libvirt runs on, as far as this app can see it. */

export type HostDeviceKind = 'wired' | 'wireless' | 'bridge' | 'virtual' | 'other'

export interface HostDevice {
  /** e.g. "enp1s0". */
  readonly name: string
  readonly kind: HostDeviceKind
  readonly up: boolean
  /** The bridge or bond that it belongs to, or null. */
  readonly master: string | null
  /** "192.168.1.7/24"; link-local ones are left out. */
  readonly addresses: readonly string[]
  /** It carries the default route: whoever moves it into a bridge drops the host's connection meanwhile. */
  readonly defaultRoute: boolean
}

export interface HostBridge {
  readonly name: string
  readonly up: boolean
  /** Devices plugged into it. */
  readonly ports: readonly string[]
  readonly addresses: readonly string[]
}

export interface HostRoute {
  /** "10.0.0.0/8"; the default route is left out. */
  readonly destination: string
  readonly device: string
}

/** Who looks after the host's devices, so that the right commands can be shown. */
export type NetworkManager = 'networkmanager' | 'netplan' | 'ifupdown' | 'systemd-networkd' | 'unknown'

/** Whether QEMU of a session may plug cards into a bridge: its setuid helper, and the list of bridges that it allows. */
export interface BridgeHelper {
  /** Path of qemu-bridge-helper, or null where it is not installed. */
  readonly path: string | null
  readonly setuid: boolean
  /** Its list, e.g. "/etc/qemu/bridge.conf". */
  readonly list: string
  /** Names that the list allows; "all" stands for every one. Null where the list is missing or cannot be read. */
  readonly allowed: readonly string[] | null
}

/** Bridges that libvirt made for its own networks are left out of `bridges`. */
export interface HostNetworking {
  /** `host`: this computer was looked at. `libvirt`: another one, of which libvirt tells devices, and routes by their addresses alone; some may be missing. */
  readonly told: 'host' | 'libvirt'
  readonly devices: readonly HostDevice[]
  readonly bridges: readonly HostBridge[]
  readonly routes: readonly HostRoute[]
  /**
   * Devices on which the kernel takes IPv6 routes from the router, and only while it passes nothing on (accept_ra is 1):
   * libvirt refuses networks that would make it pass IPv6 on. None of another computer's are known.
   */
  readonly autoconfigured: readonly string[]
  readonly manager: NetworkManager
  /** Null of another computer. */
  readonly helper: BridgeHelper | null
}
