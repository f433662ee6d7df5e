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
  { pattern: /Unable to get system bus connection/, code: 'bus-down' },
  { pattern: /org\.freedesktop\.PolicyKit1 was not provided/, code: 'polkit-down' },
  { pattern: /authentication cancelled: /, code: 'auth-cancelled' },
  { pattern: /authentication (?:unavailable|failed)/, code: 'auth-denied' },
  { pattern: /Failed to connect socket to '(?<path>.*)': Permission denied/, code: 'auth-denied' },
  { pattern: /Failed to connect socket to '(?<path>.*)': (?:Connection refused|No such file or directory)/, code: 'daemon-down' },
  // a peer that cannot be reached says more before it (ssh's own words)
  { pattern: /Cannot recv data: Connection reset by peer/, code: 'connection-gone' },
  { pattern: /Disconnected from .* due to end of file|End of file while reading data|client socket is closed|no valid connection/, code: 'connection-gone' },
  { pattern: /Cannot recv data: (?<reason>.*)|unable to connect to server at '(?<server>.*)'|Cannot read CA certificate/, code: 'connect-failed' },
]

/** Names and documents. */
const documentRows: readonly ErrorRow[] = [
  { pattern: /(?:domain|network|pool) '(?<name>.*)' already exists with uuid/, code: 'name-taken' },
  { pattern: /storage volume '(?<name>[\s\S]*)' exists already|volume target path '(?<name1>.*)' already exists/, code: 'name-taken' },
  { pattern: /name (?<name>[\s\S]*) cannot contain '(?<character>.)'|volume name '(?<name1>[\s\S]*)' cannot contain '(?<character1>.)'/, code: 'name-invalid' },
  { pattern: /invalid char in name:|missing name information|missing (?:pool source|volume) name element|Element name failed to validate content|metadata title can't contain newlines|File name too long|\/snapshot\/\.\.\/save'/, code: 'name-invalid' },
  { pattern: /Storage source conflict with pool: '(?<pool>.*)'/, code: 'pool-conflict' },
  { pattern: /does not support virt type 'kvm'|preferred machine for .* type=kvm|Could not access KVM kernel module/, code: 'no-kvm' },
  { pattern: /Unable to find any firmware to satisfy|unable to find any master var store for loader/, code: 'firmware-missing' },
  { pattern: /XML document failed to validate against schema|XML error: |\((?:domain|network|storage_pool|pool|storage_volume|volume)_definition\):\d+:/, code: 'xml-invalid' },
]

/** Files and disks of a machine that starts, and of volumes. */
const fileRows: readonly ErrorRow[] = [
  { pattern: /Cannot access backing file '(?<path>.*?)' of storage file '(?<child>.*?)'.*No such file/, code: 'base-missing' },
  { pattern: /Cannot access (?:storage|backing) file '(?<path>.*?)'.*: No such file or directory/, code: 'file-missing' },
  { pattern: /Cannot access (?:storage|backing) file '(?<path>.*?)'.*: Permission denied/, code: 'file-unreadable' },
  { pattern: /(?:Could not open|Failed to open file) '(?<path>.*?)': Permission denied/, code: 'file-unreadable' },
  { pattern: /cannot read header '(?<path>.*?)': Is a directory/, code: 'file-wrong-kind' },
  { pattern: /Failed to get (?:"write"|shared "write"|"consistent read"|"resize") lock(?:\s+Is another process using the image \[(?<path>.*)\])?/, code: 'locked' },
  { pattern: /Image is not in (?<format>\S+) format/, code: 'file-wrong-kind' },
  { pattern: /No space left on device/, code: 'disk-full' },
  { pattern: /cannot open directory '(?<path>.*)': No such file or directory/, code: 'folder-missing' },
  { pattern: /failed to remove pool '(?<path>.*)': Directory not empty/, code: 'folder-not-empty' },
  { pattern: /(?:cannot open directory|failed to create directory) '(?<path>.*)': Permission denied/, code: 'permission-denied' },
  { pattern: /(?:cannot unlink file|Failed to open file) '(?<path>.*)': No such file or directory/, code: 'file-missing' },
]

/** Networks and bridges. */
const networkRows: readonly ErrorRow[] = [
  { pattern: /network '(?<name>.*)' is not active/, code: 'network-inactive' },
  { pattern: /Network not found: no network with matching (?:name|uuid) '(?<name>.*)'/, code: 'network-missing' },
  { pattern: /error creating bridge interface (?<bridge>\S+): Operation not permitted/, code: 'network-forbidden' },
  { pattern: /bridge name '(?<bridge>.*)' already in use/, code: 'bridge-in-use' },
  { pattern: /[Nn]etwork is already in use by interface (?<device>.*)/, code: 'subnet-in-use' },
  { pattern: /Unable to find '(?<program>dnsmasq)' binary in \$PATH/, code: 'program-missing' },
  { pattern: /dnsmasq: failed to create listening socket for (?<address>.*): Address already in use/, code: 'dns-port-in-use' },
  { pattern: /Child process \(.*dnsmasq .*\) unexpected exit status/, code: 'dnsmasq-failed' },
  { pattern: /Failed to apply firewall rules|Unable to find '(?:ip6?tables|ebtables|nft)' binary in \$PATH/, code: 'firewall-failed' },
  { pattern: /interface (?<device>\S+) has kernel autoconfigured IPv6 routes/, code: 'ipv6-autoconfigured' },
  // what a libvirt that died while it started a network leaves behind
  { pattern: /error creating bridge interface (?<bridge>\S+): File exists/, code: 'bridge-exists' },
  { pattern: /failed to communicate with bridge helper|error creating macvtap .*Operation not permitted/, code: 'bridge-forbidden' },
  { pattern: /Cannot get interface MTU on '(?<bridge>.*)': No such device|Unable to get index for interface (?<bridge1>.*): No such device/, code: 'bridge-missing' },
]

/** States: what is on, off, in use or busy. */
const stateRows: readonly ErrorRow[] = [
  { pattern: /(?:domain|network) is already (?:active|running)|storage pool '.*' is already active|Domain is already active|domain is already running/i, code: 'already-active' },
  { pattern: /storage pool '(?<pool>.*?)'(?: containing volume '.*')? is not active/, code: 'pool-inactive' },
  { pattern: /storage pool '(?<name>.*)' is still active|is still being allocated|has asynchronous jobs running/, code: 'in-use' },
  { pattern: /Tray of device '(?<drive>.*)' is (?:not open|locked)/, code: 'busy' },
  { pattern: /no screens to take screenshot from/, code: 'no-display' },
  { pattern: /domain is not running|is not active/, code: 'not-active' },
  { pattern: /transient domains do not have any persistent config|cannot .* for transient (?:domain|network)|pool has no config file/, code: 'not-persistent' },
  { pattern: /cannot rename active domain/, code: 'rename-running' },
  { pattern: /domain with a managed saved state can't be renamed/, code: 'rename-saved' },
  { pattern: /cannot delete inactive domain with (?<count>\d+) snapshots/, code: 'has-snapshots' },
  { pattern: /Storage pool not found: |Storage volume not found: |Domain not found: |no (?:domain|storage pool|storage vol|nodedev) with matching|failed to get (?:domain|network|pool|vol) '/, code: 'not-found' },
]

/** A QEMU that does not come up. Below the rows for files, whose texts it also prints. */
const startRows: readonly ErrorRow[] = [
  { pattern: /cannot set up guest memory .*: Cannot allocate memory/, code: 'memory-short' },
  { pattern: /Unable to find an unused port in range '.*' \((?<first>\d+)-(?<last>\d+)\)/, code: 'ports-used-up' },
  { pattern: /Failed to find an available port: Address already in use/, code: 'port-in-use' },
  { pattern: /TPM version '.*' is not supported|Unable to find 'swtpm/, code: 'tpm-missing' },
  { pattern: /process exited while connecting to monitor|qemu unexpectedly closed the monitor/, code: 'start-failed' },
  { pattern: /unsupported configuration: |this function is not supported|unsupported flags/, code: 'unsupported' },
  { pattern: /operation forbidden|Permission denied/, code: 'permission-denied' },
]

export const errorRows: readonly ErrorRow[] = [
  ...connectionRows,
  ...documentRows,
  ...fileRows,
  ...networkRows,
  ...stateRows,
  ...startRows,
]
