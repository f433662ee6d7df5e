/**
 * What libvirt 9 says, and what it means. The first row that fits holds, so what is special stands above what is general.
 * Each row has captured texts in test/fixtures/virsh/errors/<code>.txt; named groups become parameters of the sentence.
 */
import type { ErrorCode } from '../../shared/model/error.ts'

export interface ErrorRow {
  readonly pattern: RegExp
  readonly code: ErrorCode
  readonly params?: Readonly<Record<string, string | number>>
}

/** The connection itself: who may talk to whom. https://libvirt.org/auth.html */
const connectionRows: readonly ErrorRow[] = [
  { pattern: /unexpected (?:qemu|test|ch|bhyve|vz) URI path '(?<path>.*)', try/, code: 'uri-invalid' },
  { pattern: /no connection driver available for/, code: 'uri-invalid' },
  { pattern: /failed to parse xml document '(?<path>.*)'/, code: 'file-wrong-kind' },
  { pattern: /no polkit agent available|authentication (?:unavailable|failed|cancelled)|Unable to get system bus connection|org\.freedesktop\.PolicyKit1 was not provided|access denied by policy/, code: 'auth-denied' },
  { pattern: /Failed to connect socket to '(?<path>.*)': Permission denied/, code: 'auth-denied' },
  { pattern: /Failed to connect socket to '(?<path>.*)': (?:Connection refused|No such file or directory)/, code: 'daemon-down' },
  { pattern: /Disconnected from .* due to end of file|End of file while reading data|client socket is closed|Cannot write data: Broken pipe|internal error: client socket/, code: 'connection-gone' },
  { pattern: /Cannot recv data: (?<reason>.*)|unable to connect to server at '(?<server>.*)'/, code: 'connect-failed' },
]

/** Names and documents. */
const documentRows: readonly ErrorRow[] = [
  { pattern: /(?:domain|network|pool) '(?<name>.*)' already exists with uuid/, code: 'name-taken' },
  { pattern: /storage volume '(?<name>[\s\S]*)' exists already|volume target path '(?<path>.*)' already exists/, code: 'name-taken' },
  { pattern: /name (?<name>[\s\S]*) cannot contain '(?<character>.)'|volume name '(?<name1>[\s\S]*)' cannot contain '(?<character1>.)'/, code: 'name-invalid' },
  { pattern: /invalid char in name: |missing name information|name must be printable|Invalid (?:name|volume name)|(?:domain )?name is empty|metadata title can't contain newlines|missing volume name|no (?:name|volume name) specified/i, code: 'name-invalid' },
  { pattern: /Storage source conflict with pool: '(?<pool>.*)'/, code: 'pool-conflict' },
  { pattern: /bridge name '(?<name>.*)' already in use|network is already in use by interface (?<name1>.*)/, code: 'in-use' },
  { pattern: /does not support virt type 'kvm'|preferred machine for .* type=kvm|Could not access KVM kernel module|failed to initialize kvm|KVM is not supported|doesn't support hypervisor 'kvm'/i, code: 'no-kvm' },
  { pattern: /Unable to find any firmware to satisfy|unable to find any master var store for loader: (?<path>.*)/i, code: 'firmware-missing' },
  { pattern: /XML document failed to validate against schema|XML error: |\((?:domain|network|storage_pool|pool|storage_volume|volume)_definition\):\d+:|unexpected root element/, code: 'xml-invalid' },
]

/** Files and disks of a machine that starts, and of volumes. */
const fileRows: readonly ErrorRow[] = [
  { pattern: /Cannot access backing file '(?<path>.*?)' of storage file '(?<child>.*?)'.*No such file/, code: 'base-missing' },
  { pattern: /Cannot access (?:storage|backing) file '(?<path>.*?)'.*: No such file or directory/, code: 'file-missing' },
  { pattern: /Cannot access (?:storage|backing) file '(?<path>.*?)'.*: Permission denied/, code: 'file-unreadable' },
  { pattern: /Could not open '(?<path>.*?)': Permission denied/, code: 'file-unreadable' },
  { pattern: /Could not open '(?<path>.*?)': No such file or directory/, code: 'file-missing' },
  { pattern: /Failed to get (?:"write"|shared "write"|"consistent read"|"resize") lock(?:\s+Is another process using the image \[(?<path>.*)\])?/, code: 'locked' },
  { pattern: /Image is not in (?<format>\S+) format|Could not open '(?<path>.*?)': (?:Image is corrupt|Unknown protocol|Invalid argument)/, code: 'file-wrong-kind' },
  { pattern: /No space left on device|Disk quota exceeded/, code: 'disk-full' },
  { pattern: /cannot open directory '(?<path>.*)': No such file or directory/, code: 'folder-missing' },
  { pattern: /failed to remove pool '(?<path>.*)': Directory not empty/, code: 'folder-not-empty' },
  { pattern: /(?:cannot (?:open directory|unlink file|create path|stat file|open file|open volume)|failed to create directory|Failed to (?:open file|create file|unlink)) '(?<path>.*)': Permission denied/, code: 'permission-denied' },
  { pattern: /(?:cannot (?:unlink file|open file|open volume|stat file)|Failed to open file) '(?<path>.*)': No such file or directory/, code: 'file-missing' },
]

/** Networks and bridges. */
const networkRows: readonly ErrorRow[] = [
  { pattern: /network '(?<name>.*)' is not active/, code: 'network-inactive' },
  { pattern: /Network not found: no network with matching (?:name|uuid) '(?<name>.*)'/, code: 'network-missing' },
  { pattern: /error creating bridge interface (?<bridge>\S+): Operation not permitted/, code: 'network-forbidden' },
  { pattern: /failed to communicate with bridge helper|error creating macvtap .*Operation not permitted|Unable to open \/dev\/net\/tun/, code: 'bridge-forbidden' },
  { pattern: /Cannot get interface MTU on '(?<bridge>.*)': No such device|Unable to get index for interface (?<bridge1>\S+): No such device/, code: 'bridge-missing' },
]

/** States: what is on, off, in use or busy. */
const stateRows: readonly ErrorRow[] = [
  { pattern: /(?:domain|network) is already (?:active|running)|storage pool '.*' is already active|Domain is already active|domain is already running/i, code: 'already-active' },
  { pattern: /storage pool '(?<pool>.*)' is not active/, code: 'pool-inactive' },
  { pattern: /storage pool '(?<name>.*)' is still active|cannot undefine (?:an )?active|volume '(?<name1>.*)' is (?:still )?in use|is still being allocated|has asynchronous jobs running/, code: 'in-use' },
  { pattern: /cannot acquire state change lock|another migration job is already running|has active block job|domain has active job|another .* job is (?:already )?(?:running|in progress)/i, code: 'busy' },
  { pattern: /Tray of device '(?<drive>.*)' is (?:not open|locked)|timed out waiting (?:to open|for) (?:the )?tray|tray .* is locked/i, code: 'busy' },
  { pattern: /domain is not (?:running|active)|domain is not paused|is not active/, code: 'not-active' },
  { pattern: /transient domains do not have any persistent config|cannot .* transient domain/, code: 'not-persistent' },
  { pattern: /(?:cannot delete|cannot undefine) (?:inactive )?domain with (?<count>\d+) (?:snapshots|checkpoints)/, code: 'has-snapshots' },
  { pattern: /operation aborted: .*job|job: canceled by client|operation canceled/i, code: 'cancelled' },
  { pattern: /Storage pool not found: |Storage volume not found: |Domain not found: |no (?:domain|storage pool|storage vol|nodedev) with matching|failed to get (?:domain|network|pool|vol) '/, code: 'not-found' },
]

/** A QEMU that does not come up. Below the rows for files, whose texts it also prints. */
const startRows: readonly ErrorRow[] = [
  { pattern: /cannot set up guest memory .*: Cannot allocate memory|unable to map backing store for guest RAM|Cannot allocate memory/, code: 'memory-short' },
  { pattern: /Failed to (?:bind|find an available port).*(?:Address already in use)|Unable to find an unused port in range/, code: 'port-in-use' },
  { pattern: /Unable to find 'swtpm|swtpm_setup.* (?:not found|failed)|Could not run '.*swtpm/i, code: 'tpm-missing' },
  { pattern: /Cannot check QEMU binary (?<program>\S+):|Cannot find QEMU binary|Failed to find .*emulator/i, code: 'program-missing', params: { program: 'qemu-system-x86_64' } },
  { pattern: /process exited while connecting to monitor|qemu unexpectedly closed the monitor|Unable to (?:read from|write to) monitor/, code: 'start-failed' },
  { pattern: /unsupported configuration: |this function is not supported|Operation not supported|invalid argument: |unsupported flags/, code: 'unsupported' },
  { pattern: /Operation not permitted|Permission denied|operation forbidden/, code: 'permission-denied' },
]

export const errorRows: readonly ErrorRow[] = [
  ...connectionRows,
  ...documentRows,
  ...fileRows,
  ...networkRows,
  ...stateRows,
  ...startRows,
]
