/** Guesses a system from a name such as "debian-12-generic-amd64.qcow2" or "Win11_23H2_x64.iso". */
import type { SystemDatabase } from './osinfo/database.ts'
import type { SystemRecord } from './osinfo/records.ts'
import type { Recognition } from './recognition.ts'
import { systemEntry } from './systems.ts'

/** Words in names, and the beginning of the short ids that they mean. The order matters: the first that fits holds. */
const distributions: readonly (readonly [RegExp, string])[] = [
  [/cirros/, 'cirros'],
  [/ubuntu/, 'ubuntu'],
  [/debian|(?<![a-z])d-live(?![a-z])/, 'debian'],
  [/fedora/, 'fedora'],
  [/centos[^0-9]*stream/, 'centos-stream'],
  [/centos/, 'centos'],
  [/(?<![a-z])rhel|red[-_ ]?hat[-_ ]enterprise/, 'rhel'],
  [/alma[-_ ]?linux/, 'almalinux'],
  [/rocky/, 'rocky'],
  [/opensuse|(?<![a-z])leap/, 'opensuse'],
  [/alpine/, 'alpinelinux'],
  [/(?<![a-z])arch[-_ ]?linux|(?<![a-z])arch(?=[-_ 0-9])/, 'archlinux'],
  [/manjaro/, 'manjaro'],
  [/mageia/, 'mageia'],
  [/freebsd/, 'freebsd'],
  [/openbsd/, 'openbsd'],
  [/netbsd/, 'netbsd'],
  [/dragonfly/, 'dragonflybsd'],
  [/oracle[-_ ]?linux|(?<![a-z])ol(?=[-_]?[0-9])/, 'ol'],
  [/nixos/, 'nixos'],
  [/gnome[-_ ]?os/, 'gnome'],
  [/pop[-_ ]?!?os/, 'popos'],
]

/** Code names that stand for a version in the names of images; the database's own come on top. */
const codenames: readonly (readonly [string, string, string])[] = [
  ['bookworm', 'debian', '12'], ['trixie', 'debian', '13'], ['forky', 'debian', '14'],
  ['lunar', 'ubuntu', '23.04'], ['mantic', 'ubuntu', '23.10'], ['noble', 'ubuntu', '24.04'],
  ['oracular', 'ubuntu', '24.10'], ['plucky', 'ubuntu', '25.04'], ['questing', 'ubuntu', '25.10'],
] // prettier-ignore

/** Numbers in names that are no versions. */
const noise = /x86[-_]?64|amd64|i[3-6]86|x64|x86|arm64|aarch64|ppc64(le|el)?|s390x|\b(19|20)\d{6}(\.\d+)?\b/g

const extension = /\.(iso|qcow2?|img|raw|vmdk|vdi|vhdx?|vpc|qed)$/

export function guessFromName(database: SystemDatabase, name: string): Recognition | null {
  const text = name.toLowerCase().replace(extension, '').replace(noise, ' ')
  const windows = guessWindows(database, text)
  if (windows) return windows
  for (const [words, prefix] of distributions) {
    const match = words.exec(text)
    if (!match) continue
    const version = /^[^0-9]*?(\d+(?:\.\d+)*)/.exec(text.slice(match.index + match[0].length))?.[1] ?? codenameVersion(database, text, prefix)
    return nearest(database, prefix, version)
  }
  for (const [word, prefix, version] of allCodenames(database)) {
    if (new RegExp(`(?<![a-z])${word}(?![a-z])`).test(text)) return nearest(database, prefix, version)
  }
  return null
}

function guessWindows(database: SystemDatabase, text: string): Recognition | null {
  if (text.includes('virtio-win')) return null // drivers for it
  const server = /win(?:dows)?[-_ ]*(?:server)?[-_ ]*(?:20|2k)(\d\d)([-_ ]?r2)?(?!\d)/.exec(text)
  if (server) return exactly(database, `win2k${Number(server[1])}${server[2] ? 'r2' : ''}`)
  const client = /(?<![a-z])win(?:dows)?[-_ ]*(11|10|8\.1|8|7|vista|xp)(?![0-9])/.exec(text)
  return client ? exactly(database, `win${client[1]}`) : null
}

function exactly(database: SystemDatabase, shortId: string): Recognition | null {
  const record = [...database.systems.values()].find((candidate) => candidate.shortIds.includes(shortId))
  return record ? recognition(record, null) : null
}

/** The version that is named, the same without its last parts (11.5: 11), else the nearest older one; without a version the newest. */
function nearest(database: SystemDatabase, prefix: string, version: string | null): Recognition | null {
  const known = [...database.systems.values()].flatMap((record) => {
    const shortId = record.shortIds.find((id) => id.startsWith(prefix) && /^(\d+(\.\d+)*)?$/.test(id.slice(prefix.length)))
    return shortId === undefined ? [] : [{ record, version: shortId.slice(prefix.length) }]
  })
  const ordered = known.sort((a, b) => compareVersions(b.version, a.version))
  const newest = ordered.find((candidate) => candidate.record.status !== 'prerelease') ?? ordered[0]
  // some systems have no versions at all (Arch Linux)
  if (version === null || newest?.version === '') return newest ? recognition(newest.record, null) : null
  for (let cut = version; cut !== ''; cut = cut.includes('.') ? cut.slice(0, cut.lastIndexOf('.')) : '') {
    const same = ordered.find((candidate) => candidate.version === cut)
    if (same) return recognition(same.record, null)
  }
  const older = ordered.find((candidate) => compareVersions(candidate.version, version) <= 0) ?? ordered.at(-1)
  return older ? recognition(older.record, { from: older.version, to: shortVersion(version, older.version) }) : null
}

function recognition(record: SystemRecord, renamed: { readonly from: string; readonly to: string } | null): Recognition {
  const system = systemEntry(record)
  const rename = (text: string): string => (renamed && renamed.from !== '' ? text.replace(renamed.from, renamed.to).replace(/ LTS$/, '') : text)
  return { system, label: rename(system.name), shortLabel: rename(system.shortId), exact: renamed === null, live: null }
}

/** As many parts as versions of this system have: "12.5.0" of a Debian is "12", "24.04.1" of an Ubuntu "24.04". */
const shortVersion = (version: string, like: string): string => version.split('.').slice(0, Math.max(1, like.split('.').length)).join('.')

function compareVersions(a: string, b: string): number {
  const [left, right] = [a.split('.').map(Number), b.split('.').map(Number)]
  for (let index = 0; index < Math.max(left.length, right.length); index++) {
    const difference = (left[index] ?? 0) - (right[index] ?? 0)
    if (difference !== 0) return difference
  }
  return 0
}

function codenameVersion(database: SystemDatabase, text: string, prefix: string): string | null {
  const found = allCodenames(database).find(([word, of]) => of === prefix && new RegExp(`(?<![a-z])${word}(?![a-z])`).test(text))
  return found?.[2] ?? null
}

/** Of Debian and Ubuntu alone: theirs stand in the names of images. */
function allCodenames(database: SystemDatabase): (readonly [string, string, string])[] {
  const own = [...database.systems.values()].flatMap((record): (readonly [string, string, string])[] => {
    const word = record.codename?.split(' ')[0]?.toLowerCase()
    if (!word || !/^[a-z]{5,}$/.test(word) || !record.version) return []
    return record.distro === 'debian' || record.distro === 'ubuntu' ? [[word, record.distro, record.version]] : []
  })
  return [...own, ...codenames]
}
