import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { listPrerequisites, packagesOf } from '../../../scripts/setup/prerequisites.mjs'

/** On every Debian, also on the smallest one: the packages that are essential or of priority "required", and apt. */
const everywhere = new Set([
  ...['apt-cache', 'apt-get', 'bash', 'cat', 'chmod', 'chown', 'cp', 'dpkg-deb', 'find', 'getent', 'grep', 'gzip', 'head', 'id'],
  ...['ln', 'ls', 'mkdir', 'mkfifo', 'mknod', 'mount', 'mv', 'nsenter', 'printf', 'readlink', 'rm', 'rmdir', 'runuser', 'sed', 'setpriv'],
  ...['sh', 'sleep', 'stat', 'tail', 'tar', 'touch', 'true', 'umount', 'unshare'],
])

/** Not needed: what is done with them is done otherwise, or left out, where they are missing. */
const optional = new Set(['getfacl', 'setfacl', 'pkcheck', 'nft', 'ip6tables-save', 'sudo', 'xdg-open'])

/** What the packages of assets/prerequisites.json bring besides the programs that are looked for. */
const besides: Readonly<Record<string, readonly string[]>> = {
  'libvirt-daemon-system': ['virtlogd'],
  'qemu-utils': ['qemu-io', 'qemu-nbd'],
  iproute2: ['ss'],
  iptables: ['iptables-save'],
  procps: ['kill', 'pkill', 'sysctl'],
}

const calls = /\b(?:spawn|spawnSync|stream|exec|execute|execFile|execFileSync|run|runProgram)\(\s*\[?\s*'([a-z][\w.-]*)'/g

describe('a program that Vivero or its tests start', () => {
  const used = programsIn(['electron', 'scripts', 'test/e2e', 'test/guest', 'test/harness', 'test/integration'])

  it('is found in the sources', () => {
    expect([...used.keys()]).toEqual(expect.arrayContaining(['virsh', 'qemu-img', 'apt-get', 'pgrep', 'setpriv']))
  })

  it('comes with every Debian or with a package that npm start or npm test installs', () => {
    expect(missing(used, ['run', 'test'])).toEqual([])
  })

  it('comes with npm start where the app itself uses it', () => {
    // electron/lab is for tests and for trying things out: npm test and npm run lab install what it needs.
    const ofApp = [...used].filter(([, files]) => files.some((file) => /^electron\/(?!lab\/)/.test(file)))
    expect(ofApp.length).toBeGreaterThan(3)
    expect(missing(new Map(ofApp), ['run'])).toEqual([])
  })
})

function missing(programs: ReadonlyMap<string, readonly string[]>, groups: ('run' | 'test')[]): unknown[] {
  const items = listPrerequisites(groups)
  const installed = new Set([
    ...items.flatMap((item) => item.check.programs ?? []).flat(),
    ...packagesOf(items, 'apt').flatMap((name) => besides[name] ?? []),
  ])
  return [...programs].filter(([name]) => !everywhere.has(name) && !optional.has(name) && !installed.has(name))
}

/** Each program with the files that start it. */
function programsIn(folders: readonly string[]): Map<string, readonly string[]> {
  const found = new Map<string, readonly string[]>()
  for (const folder of folders) {
    for (const entry of readdirSync(folder, { recursive: true, withFileTypes: true })) {
      if (!entry.isFile() || !/\.(ts|mjs)$/.test(entry.name)) continue
      const path = join(entry.parentPath, entry.name)
      for (const [, name = ''] of readFileSync(path, 'utf8').matchAll(calls)) {
        found.set(name, [...(found.get(name) ?? []), path])
      }
    }
  }
  return found
}
