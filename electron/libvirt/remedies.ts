/** Ways out of an error: a command to copy where the app has no right to run it, a request where it can. */
import { accessSync, constants, existsSync } from 'node:fs'
import type { Remedy } from '../../shared/model/error.ts'
import { AppError, type ErrorCode } from '../../shared/model/error.ts'
import { quoteForShell } from './quoting.ts'
import type { Target } from './target.ts'
import { connectionKind } from './uri.ts'

type Params = Readonly<Record<string, string | number>>

/** What is known from the error alone. */
export function remediesFor(code: ErrorCode, params: Params, uri: string): readonly Remedy[] {
  const kind = connectionKind(uri)
  const path = typeof params['path'] === 'string' ? quoteForShell(params['path']) : null
  switch (code) {
    case 'auth-denied':
    case 'auth-cancelled':
    case 'auth-every-time':
      return kind === 'system' ? [{ name: 'join-group', command: 'sudo usermod -aG libvirt "$USER"' }] : []
    case 'bus-down':
      return kind === 'system' ? [{ name: 'start-bus', command: 'sudo systemctl start dbus' }] : []
    case 'polkit-down':
      return kind === 'system' ? [{ name: 'start-polkit', command: 'sudo systemctl start polkit' }] : []
    case 'daemon-down':
      return kind === 'system' ? [{ name: 'start-service', command: startLine() }] : []
    case 'file-unreadable':
      return kind === 'session' && path !== null
        ? [{ name: 'fix-permission', command: `sudo chown "$USER:" -- ${path} && chmod u+rw -- ${path}` }]
        : []
    case 'bridge-exists':
      return kind === 'system' ? [{ name: 'remove-bridge', command: `sudo ip link delete ${quoteForShell(String(params['bridge']))}` }] : []
    case 'ipv6-autoconfigured':
      return kind === 'system' ? [{ name: 'accept-advertisements', command: `sudo sysctl -w ${quoteForShell(`net/ipv6/conf/${String(params['device'])}/accept_ra=2`)}` }] : []
    case 'folder-missing':
      return path === null ? [] : [{ name: 'make-folder', command: `mkdir -p -- ${path}` }]
    case 'no-kvm':
      return kind === 'session' && kvmIsClosed() ? [{ name: 'open-kvm', command: 'sudo usermod -aG kvm "$USER"' }] : []
    default:
      return []
  }
}

const startable: Readonly<Partial<Record<ErrorCode, { readonly kind: 'network' | 'pool'; readonly param: string }>>> = {
  'network-inactive': { kind: 'network', param: 'name' },
  'pool-inactive': { kind: 'pool', param: 'pool' },
}

/** Runs work; where a stopped network or pool was in its way, the error carries the request that starts it. */
export async function withStartRemedy<T>(
  target: Target,
  uuidOf: (kind: 'network' | 'pool', name: string) => Promise<string | null>,
  work: () => Promise<T>,
): Promise<T> {
  try {
    return await work()
  } catch (error) {
    const stopped = error instanceof AppError ? startable[error.code] : undefined
    if (!(error instanceof AppError) || !stopped) throw error
    const uuid = await uuidOf(stopped.kind, String(error.params[stopped.param] ?? ''))
    if (uuid === null) throw error
    const request = { name: `${stopped.kind}.start`, input: { connection: target.connection, uuid } }
    throw new AppError(error.code, error.params, error.detail, [...error.remedies, { name: `start-${stopped.kind}`, request }])
  }
}

const sbin = ['/usr/sbin', '/usr/bin', '/sbin']
/** The daemons of which one alone serves machines, networks and so on, where libvirt is not built as one. */
const modular = ['virtqemud', 'virtnetworkd', 'virtstoraged', 'virtnodedevd']

/** The line that starts the system's libvirt on this computer. https://libvirt.org/daemons.html */
export function startLine(exists: (path: string) => boolean = existsSync): string {
  const isThere = (program: string): boolean => sbin.some((folder) => exists(`${folder}/${program}`))
  const daemons = isThere('libvirtd') || !isThere('virtqemud') ? ['libvirtd'] : modular.filter(isThere)
  if (exists('/run/systemd/system')) return `sudo systemctl start ${daemons.map((name) => (name === 'libvirtd' ? name : `${name}.socket`)).join(' ')}`
  if (exists('/run/openrc')) return daemons.map((name) => `sudo rc-service ${name} start`).join(' && ')
  return daemons.map((name) => `sudo ${name} -d`).join(' && ')
}

function kvmIsClosed(): boolean {
  if (!existsSync('/dev/kvm')) return false
  try {
    accessSync('/dev/kvm', constants.R_OK | constants.W_OK)
    return false
  } catch {
    return true
  }
}
