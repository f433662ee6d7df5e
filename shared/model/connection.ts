/** Connections to libvirt: what the person sees in the sidebar. https://libvirt.org/uri.html */
import type { WireError } from './error.ts'

/** An opaque, stable name of a remembered connection; requests carry it and the host looks its URI up. */
export type ConnectionId = string

export type ConnectionKind = 'session' | 'system' | 'test' | 'remote' | 'other'

export type ConnectionState = 'disconnected' | 'connecting' | 'connected' | 'reconnecting' | 'failed'

/**
 * What connecting to a daemon of the system needs of this user, found without connecting:
 * - service: the daemon's socket is not there
 * - group: only members of a group may open the socket (null: root's own), and this user is none
 * - login: this user is a member, but has not logged in since
 * - password: polkit asks for an administrator's password
 * - again: it was given, and polkit keeps it no longer
 * - not-kept: polkit asks for it, and keeps it for no second step
 * - refused: polkit's rules let this user in by no means
 * - unknown: it could not be found out; perhaps a password
 */
export type ConnectionNeed =
  | { readonly kind: 'group'; readonly group: string | null }
  | { readonly kind: 'login'; readonly group: string }
  | { readonly kind: 'service' | 'password' | 'again' | 'not-kept' | 'refused' | 'unknown' }

export interface ConnectionVersions {
  /** As libvirt prints them, e.g. "9.0.0". */
  readonly libvirt: string
  readonly hypervisor: string | null
}

/** What the host can give a machine of this connection; null fields are unknown (not QEMU). */
export interface HostCapabilities {
  /** Memory of the host in KiB. */
  readonly memoryKiB: number
  /** Memory that is free now in KiB, or null where libvirt does not say. */
  readonly freeMemoryKiB: number | null
  readonly cpus: number
  readonly arch: string
  /** Whether libvirt offers `type='kvm'` to this user. */
  readonly kvm: boolean
  /** Why there is no KVM: no device, no right to open it, or not known. */
  readonly kvmReason: 'none' | 'no-device' | 'no-permission' | 'unknown' | null
  readonly machineTypes: readonly string[]
  /** Where UEFI firmware is installed. */
  readonly uefi: boolean
}

export interface Connection {
  readonly id: ConnectionId
  readonly uri: string
  /** The name that the person gave it; null shows the name of its kind from the catalogue of words. */
  readonly name: string | null
  readonly kind: ConnectionKind
  readonly state: ConnectionState
  /** Why it failed, while state is "failed" or "reconnecting". */
  readonly error: WireError | null
  /** Seconds to the next try, while state is "reconnecting". */
  readonly retryInSeconds: number | null
  readonly autoconnect: boolean
  /** Why it did not connect by itself, while state is "disconnected"; null where nothing is in the way. */
  readonly needs: ConnectionNeed | null
  /** False for the connections that are there by nature (session and system; for root the system alone). */
  readonly removable: boolean
  /** LIBVIRT_DEFAULT_URI names this connection. */
  readonly environmentDefault: boolean
  /** A fact worth a sentence in its row. */
  readonly note: 'root-session-is-system' | null
  readonly versions: ConnectionVersions | null
  readonly capabilities: HostCapabilities | null
}
