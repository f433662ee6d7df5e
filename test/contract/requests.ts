/** Each request of the contract once, with an input that is right, and how it ends on the driver for tests. */
import type { Input, RequestName } from '../../shared/contract/index.ts'
import type { ErrorCode } from '../../shared/model/error.ts'
import type { NetworkEdit, NetworkPlan } from '../../shared/model/network-plan.ts'
import type { MachinePlan } from '../../shared/model/plan.ts'

/** The machine of test:///default. */
export const testMachine = '6695eb01-f6a4-8304-79aa-97f2502e193f'
const unknown = '00000000-0000-0000-0000-000000000001'
const machine = { connection: 'test', uuid: testMachine }
const nothing = { connection: 'test', uuid: unknown }
const plan: MachinePlan = {
  connection: 'test',
  mediaPath: '/nonexistent/system.iso',
  mediaKind: 'iso',
  osId: null,
  title: 'System',
  name: 'system',
  memoryKiB: 1_048_576,
  vcpus: 1,
  diskBytes: 1_073_741_824,
  imageUse: null,
  target: { kind: 'folder', path: '/nonexistent' },
  createDefaultPool: false,
  network: { kind: 'user' },
  acceleration: 'tcg',
  firmware: 'bios',
  openConsole: false,
  firstStart: null,
}
const networkEdit: NetworkEdit = {
  kind: 'isolated',
  forwardDevice: null,
  ipv4: { cidr: '192.168.124.0/24', gateway: null, dhcp: { ranges: [{ start: '192.168.124.2', end: '192.168.124.254' }], hosts: [] } },
  ipv6: null,
  domain: 'pond',
  dnsRecords: [],
  mtu: null,
  bridge: '',
  hostBridge: '',
  hostDevice: '',
}
const network: NetworkPlan = { ...networkEdit, connection: 'test', name: 'pond', start: false, autostart: false }

export interface Case<N extends RequestName> {
  readonly input: Input<N>
  /** "ok", or the code of the refusal that says that the handler was there. */
  readonly ends: 'ok' | ErrorCode
}

/**
 * The driver forgets everything with its process, so that an action succeeds and changes nothing; what it does not know
 * at all, and machines that are not there, are refused with a reason.
 */
export const cases: { readonly [N in RequestName]: Case<N> } = {
  'app.info': { input: {}, ends: 'ok' },
  'app.view': { input: { visible: true, connection: 'test', page: 'machines', uuid: null }, ends: 'ok' },
  'app.close': { input: { choice: 'wait' }, ends: 'ok' },
  'settings.get': { input: {}, ends: 'ok' },
  'settings.update': { input: { theme: 'dark' }, ends: 'ok' },
  'job.list': { input: {}, ends: 'ok' },
  'job.cancel': { input: { job: 'none' }, ends: 'not-found' },
  'job.pause': { input: { job: 'none' }, ends: 'not-found' },
  'job.resume': { input: { job: 'none' }, ends: 'not-found' },
  'job.dismiss': { input: { job: 'none' }, ends: 'not-found' },
  'command.list': { input: {}, ends: 'ok' },
  'command.clear': { input: {}, ends: 'ok' },
  'file.list': { input: { path: '/', hidden: false }, ends: 'ok' },
  'desktop.pick-file': { input: { purpose: 'iso', start: null }, ends: 'unsupported' },
  'desktop.open-folder': { input: { path: '/nonexistent/folder' }, ends: 'file-missing' },
  'desktop.open-address': { input: { address: 'file:///etc/passwd' }, ends: 'address-invalid' },
  'desktop.read-clipboard': { input: {}, ends: 'unsupported' },
  'desktop.write-clipboard': { input: { text: 'a' }, ends: 'unsupported' },
  'connection.list': { input: {}, ends: 'ok' },
  'connection.add': { input: { uri: 'no uri at all', name: null }, ends: 'uri-invalid' },
  'connection.check': { input: { uri: 'test:///default' }, ends: 'ok' },
  'connection.connect': { input: { connection: 'test' }, ends: 'ok' },
  'connection.disconnect': { input: { connection: 'none' }, ends: 'not-found' },
  'connection.remove': { input: { connection: 'none' }, ends: 'not-found' },
  'connection.update': { input: { connection: 'test', name: 'Test' }, ends: 'ok' },
  'domain.list': { input: { connection: 'test' }, ends: 'ok' },
  'domain.get': { input: machine, ends: 'ok' },
  'domain.start': { input: machine, ends: 'already-active' },
  'domain.suspend': { input: machine, ends: 'ok' },
  'domain.resume': { input: nothing, ends: 'not-found' },
  'domain.shutdown': { input: machine, ends: 'ok' },
  'domain.reboot': { input: machine, ends: 'ok' },
  'domain.destroy': { input: machine, ends: 'ok' },
  'domain.reset': { input: nothing, ends: 'not-found' },
  'domain.save': { input: nothing, ends: 'ok' },
  'domain.discard-save': { input: nothing, ends: 'not-found' },
  'domain.deletion-files': { input: machine, ends: 'ok' },
  'domain.delete': { input: { ...nothing, files: [] }, ends: 'not-found' },
  'domain.edit': { input: { ...nothing, title: 'T' }, ends: 'not-found' },
  'domain.change-media': { input: { ...nothing, target: 'sda', path: null }, ends: 'not-found' },
  'domain.remove-interface': { input: { ...nothing, mac: '52:54:00:00:00:01' }, ends: 'not-found' },
  'domain.card-choices': { input: machine, ends: 'ok' },
  'domain.add-interface': { input: { ...nothing, source: { type: 'user' }, model: 'virtio', mac: null }, ends: 'not-found' },
  'domain.change-interface': { input: { ...nothing, mac: '52:54:00:00:00:01', change: { model: 'virtio' }, when: 'now' }, ends: 'not-found' },
  'domain.port-forwards': { input: nothing, ends: 'not-found' },
  'domain.set-port-forwards': { input: { ...nothing, mac: '52:54:00:00:00:01', forwards: [] }, ends: 'not-found' },
  'domain.open-file': { input: { ...nothing, path: '/nonexistent/disk.qcow2' }, ends: 'not-found' },
  'domain.add-vnc': { input: nothing, ends: 'not-found' },
  'domain.edit-limits': { input: nothing, ends: 'not-found' },
  'domain.apply-pending': { input: { ...nothing, fields: ['memory'] }, ends: 'not-found' },
  'domain.discard-pending': { input: { ...nothing, fields: ['memory'] }, ends: 'not-found' },
  'domain.remove-vnc': { input: nothing, ends: 'not-found' },
  'domain.log': { input: { ...machine, whole: false }, ends: 'unsupported' },
  'domain.disk-errors': { input: nothing, ends: 'not-found' },
  'domain.xml': { input: { ...machine, which: 'live' }, ends: 'ok' },
  'domain.screenshot': { input: nothing, ends: 'not-found' },
  'domain.save-screenshot': { input: nothing, ends: 'not-found' },
  'network.list': { input: { connection: 'test' }, ends: 'ok' },
  'network.leases': { input: nothing, ends: 'network-missing' },
  'network.start': { input: nothing, ends: 'network-missing' },
  'network.stop': { input: nothing, ends: 'network-missing' },
  'network.delete': { input: nothing, ends: 'network-missing' },
  'network.set-autostart': { input: { ...nothing, autostart: true }, ends: 'network-missing' },
  'network.xml': { input: nothing, ends: 'network-missing' },
  'network.restart': { input: nothing, ends: 'network-missing' },
  'network.host': { input: { connection: 'test' }, ends: 'ok' },
  'network.check': { input: network, ends: 'ok' },
  'network.preview': { input: network, ends: 'ok' },
  'network.create': { input: { ...network, name: 'default' }, ends: 'invalid-input' },
  'network.check-edit': { input: { ...nothing, edit: networkEdit }, ends: 'network-missing' },
  'network.edit': { input: { ...nothing, edit: networkEdit }, ends: 'network-missing' },
  'pool.list': { input: { connection: 'test' }, ends: 'ok' },
  'pool.volumes': { input: { ...nothing, refresh: false }, ends: 'not-found' },
  'pool.types': { input: { connection: 'test' }, ends: 'unsupported' },
  'pool.check': { input: { connection: 'test', name: 'pond', path: '~/pond' }, ends: 'ok' },
  'pool.create': { input: { connection: 'test', name: 'a/b', path: '/nonexistent/pond', start: false }, ends: 'invalid-input' },
  'pool.create-default': { input: { connection: 'test' }, ends: 'invalid-input' },
  'pool.build': { input: nothing, ends: 'not-found' },
  'pool.start': { input: nothing, ends: 'not-found' },
  'pool.stop': { input: nothing, ends: 'not-found' },
  'pool.delete': { input: nothing, ends: 'not-found' },
  'pool.set-autostart': { input: { ...nothing, autostart: true }, ends: 'not-found' },
  'pool.needed-by': { input: nothing, ends: 'not-found' },
  'pool.xml': { input: nothing, ends: 'not-found' },
  'volume.check': { input: { ...nothing, source: '/nonexistent/system.iso', name: 'system.iso' }, ends: 'not-found' },
  'volume.add': { input: { ...nothing, source: '/nonexistent/system.iso', name: 'system.iso' }, ends: 'not-found' },
  'volume.delete': { input: { ...nothing, path: '/nonexistent/system.iso' }, ends: 'not-found' },
  'media.list': { input: { connection: 'test' }, ends: 'ok' },
  'media.inspect': { input: { connection: 'test', path: '/nonexistent/system.iso' }, ends: 'file-missing' },
  'system.search': { input: { query: 'debian', limit: 5 }, ends: 'ok' },
  'creation.propose': { input: { connection: 'test', path: '/nonexistent/system.iso' }, ends: 'file-missing' },
  'creation.check': { input: plan, ends: 'ok' },
  'creation.preview': { input: plan, ends: 'file-missing' },
  'catalogue.search': { input: { query: 'cirros', limit: 5, ended: false, otherArchitectures: false }, ends: 'ok' },
  'download.start': { input: { entry: null, address: 'file:///etc/passwd' }, ends: 'address-invalid' },
  'library.list': { input: {}, ends: 'ok' },
  'library.remove': { input: { paths: [] }, ends: 'ok' },
  'creation.start': { input: plan, ends: 'ok' },
  'ssh-key.list': { input: {}, ends: 'ok' },
  'first-start.read': { input: { path: '/nonexistent/user-data' }, ends: 'file-missing' },
  'console.display': { input: nothing, ends: 'not-found' },
  'console.serial': { input: { ...nothing, port: 0 }, ends: 'not-found' },
  'console.viewer': { input: nothing, ends: 'not-found' },
  'console.open-viewer': { input: nothing, ends: 'not-found' },
  'console.send-keys': { input: { ...nothing, keys: ['KEY_A'] }, ends: 'not-found' },
}

/** How these end where the desktop has dialogs and a clipboard of its own; a dialog that was cancelled gives no path. */
export const desktopCases = {
  'desktop.pick-file': { input: { purpose: 'iso', start: null }, ends: 'ok' },
  'desktop.read-clipboard': { input: {}, ends: 'ok' },
  'desktop.write-clipboard': { input: { text: 'a' }, ends: 'ok' },
} as const satisfies { readonly [N in RequestName]?: Case<N> }
