/** A small database of systems, in osinfo's own format. */
import type { SystemDatabase } from '../../../../electron/images/osinfo/database.ts'
import { readSystemFile } from '../../../../electron/images/osinfo/records.ts'

export const pci = (id: string): string => `http://pcisig.com/pci/${id}`

export interface SystemSpec {
  readonly shortId: string
  readonly name: string
  readonly version?: string
  readonly released?: string
  readonly distro?: string
  /** Elements beside those. */
  readonly more?: string
}

/** `http://x.test/<shortId>`. */
export const idOf = (shortId: string): string => `http://x.test/${shortId}`

const systemXml = ({ shortId, name, version, released, distro, more = '' }: SystemSpec): string => `
  <os id="${idOf(shortId)}">
    <short-id>${shortId}</short-id>
    <name>${name}</name>
    <name xml:lang="es">${name} en español</name>
    <vendor>Vendor</vendor>
    ${version === undefined ? '' : `<version>${version}</version>`}
    ${distro === undefined ? '' : `<distro>${distro}</distro>`}
    ${released === undefined ? '' : `<release-date>${released}</release-date>`}
    ${more}
  </os>`

/** A file of the database with these systems. */
export const systemFile = (...specs: readonly SystemSpec[]): string => `<?xml version="1.0"?>\n<libosinfo version="0.0.1">${specs.map(systemXml).join('')}</libosinfo>`

export function makeDatabase(...specs: readonly SystemSpec[]): SystemDatabase {
  return { systems: new Map(readSystemFile(systemFile(...specs)).map((record) => [record.id, record])) }
}

const family = (distro: string, name: string, versions: Readonly<Record<string, string>>, more = ''): SystemSpec[] =>
  Object.entries(versions).map(([version, released]) => ({ shortId: `${distro}${version}`, name: `${name} ${version}`, version, released, distro, more }))

/** What a database of 2023 knew. */
export const usual: SystemDatabase = makeDatabase(
  ...family('debian', 'Debian', { '9': '2017-06-17', '10': '2019-07-06', '11': '2021-08-14' }).map((spec, index) => ({
    ...spec,
    more: `<codename>${['Stretch', 'Buster', 'Bullseye'][index] ?? ''}</codename>`,
  })),
  { shortId: 'debiantesting', name: 'Debian testing', distro: 'debian', more: '<release-status>rolling</release-status>' },
  ...family('ubuntu', 'Ubuntu', { '20.04': '2020-04-23', '22.04': '2022-04-21', '22.10': '2022-10-20' }).map((spec) =>
    spec.version === '22.04' ? { ...spec, name: 'Ubuntu 22.04 LTS', more: '<codename>Jammy Jellyfish</codename>' } : spec,
  ),
  ...family('fedora', 'Fedora Linux', { '37': '2022-11-15', '38': '2023-04-18' }),
  { shortId: 'fedora39', name: 'Fedora Linux 39', version: '39', distro: 'fedora', more: '<release-status>prerelease</release-status>' },
  ...family('alpinelinux', 'Alpine Linux', { '3.16': '2022-05-23', '3.17': '2022-11-22' }),
  ...family('cirros', 'CirrOS', { '0.3.5': '2017-02-10', '0.5.2': '2021-03-15' }),
  ...family('rhel', 'Red Hat Enterprise Linux', { '8.7': '2022-11-09', '9.1': '2022-11-15' }),
  ...family('centos', 'CentOS', { '7.0': '2014-07-07' }),
  { shortId: 'centos-stream9', name: 'CentOS Stream 9', version: '9', distro: 'centos', released: '2021-12-03' },
  ...family('opensuse', 'openSUSE Leap', { '15.4': '2022-06-08' }),
  ...family('freebsd', 'FreeBSD', { '13.1': '2022-05-16' }),
  { shortId: 'archlinux', name: 'Arch Linux', distro: 'archlinux', more: '<release-status>rolling</release-status>' },
  { shortId: 'win10', name: 'Microsoft Windows 10', distro: 'win', version: '10.0', released: '2015-07-29', more: '<family>winnt</family>' },
  { shortId: 'win11', name: 'Microsoft Windows 11', distro: 'win', version: '11.0', released: '2021-10-05', more: '<family>winnt</family>' },
  { shortId: 'win8.1', name: 'Microsoft Windows 8.1', distro: 'win', released: '2013-10-17' },
  { shortId: 'win2k22', name: 'Microsoft Windows Server 2022', distro: 'win', released: '2021-08-18' },
  { shortId: 'win2k12r2', name: 'Microsoft Windows Server 2012 R2', distro: 'win', released: '2013-10-18' },
)
