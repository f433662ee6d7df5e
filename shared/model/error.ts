/** Errors as values: a code, its parameters and libvirt's own text; the sentence is made where it is shown. */

export const errorCodes = [
  'virsh-missing', 'libvirt-missing', 'connect-failed', 'daemon-down', 'auth-denied', 'auth-cancelled', 'auth-every-time', 'bus-down', 'polkit-down', 'not-found', 'already-active', 'not-active', 'already-exists',
  'name-invalid', 'name-taken', 'in-use', 'locked', 'no-kvm', 'unsupported', 'xml-invalid', 'xml-uuid', 'xml-name', 'xml-secret', 'conflict', 'timeout', 'cancelled', 'invalid-input',
  'file-missing', 'file-unreadable', 'file-wrong-kind', 'permission-denied', 'disk-full', 'network-inactive', 'network-missing', 'pool-inactive', 'pool-busy', 'pool-conflict', 'volume-used', 'volume-base',
  'no-display', 'no-serial', 'start-failed', 'uri-invalid', 'connection-gone', 'too-large',
  'firmware-missing', 'base-missing', 'folder-missing', 'folder-not-empty', 'network-forbidden', 'bridge-forbidden', 'bridge-missing', 'bridge-exists', 'bridge-in-use', 'subnet-in-use', 'dns-port-in-use', 'dnsmasq-failed', 'firewall-failed', 'ipv6-autoconfigured', 'busy', 'not-persistent',
  'has-snapshots', 'memory-kept', 'device-kept', 'rename-running', 'rename-saved', 'memory-short', 'port-in-use', 'forward-taken', 'forward-taken-by', 'forward-taken-by-machine', 'forward-forbidden', 'forward-elsewhere', 'forward-refused', 'ports-used-up', 'tpm-missing',
  'file-foreign', 'folder-closed', 'not-an-image', 'locked-by', 'log-missing', 'log-closed', 'viewer-failed',
  'address-invalid', 'address-gone', 'address-refused', 'address-unreachable', 'transfer-stalled', 'transfer-broken', 'checksum-wrong', 'download-too-large',
  'program-missing', 'interrupted', 'interrupted-made', 'interrupted-clean', 'libvirt', 'internal',
] as const

export type ErrorCode = (typeof errorCodes)[number]

/** A way out that can be a button; what it does is a request of the contract, given whole as data. */
export interface Remedy {
  /** Key of its label: `errors:remedy.<name>`. */
  readonly name: string
  readonly request?: { readonly name: string; readonly input: unknown }
  /** A command for the person to copy, where the app has no right to run it. */
  readonly command?: string
  /** A place of the app: a machine's page, the log of its QEMU, or a connection's machines. */
  readonly open?:
    | { readonly what: 'machine' | 'machine-log'; readonly connection: string; readonly uuid: string }
    | { readonly what: 'connection'; readonly connection: string }
}

export interface WireError {
  readonly code: ErrorCode
  /** For the sentence `errors:<code>`: names, paths, sizes. */
  readonly params: Readonly<Record<string, string | number>>
  /** libvirt's (or the system's) own text, for the expandable detail. Never holds a secret. */
  readonly detail: string | null
  readonly remedies: readonly Remedy[]
}

/** Thrown inside one side; crosses the contract as its WireError. */
export class AppError extends Error implements WireError {
  readonly code: ErrorCode
  readonly params: Readonly<Record<string, string | number>>
  readonly detail: string | null
  readonly remedies: readonly Remedy[]

  constructor(code: ErrorCode, params: Readonly<Record<string, string | number>> = {}, detail: string | null = null, remedies: readonly Remedy[] = []) {
    super(detail ? `${code}: ${detail}` : code)
    this.name = 'AppError'
    this.code = code
    this.params = params
    this.detail = detail
    this.remedies = remedies
  }
}

/** The WireError of anything thrown; what is not an AppError is a fault of ours: "internal". */
export function toWireError(error: unknown): WireError {
  if (error instanceof AppError) {
    return { code: error.code, params: error.params, detail: error.detail, remedies: error.remedies }
  }
  return { code: 'internal', params: {}, detail: error instanceof Error ? error.message : String(error), remedies: [] }
}
