import { execFileSync, spawn } from 'node:child_process'
import { existsSync, lstatSync, readdirSync, readFileSync, readlinkSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { setTimeout as pause } from 'node:timers/promises'
import { repository, resultsFolder } from './processes.mjs'

/**
 * The machine outside of the labs, one line each: what tests could touch there and may not. Where nothing else is at
 * work (continuous integration without a service manager) /run is listed whole and each home two levels deep;
 * elsewhere the person's own programs change them all the time, and only what bears the marks of libvirt or of this
 * app counts.
 */
const alone = process.env.CI === 'true' && !existsSync('/run/systemd/system')
const marked = /libvirt|virt|qemu|dnsmasq|swtpm|vivero|gnome-boxes|netns|xtables|(^|\/)lab(\/|$)/
const families = /^(libvirtd|virtlogd|virtlockd|virt\w+d|qemu-system-.*|dnsmasq|swtpm.*)$/

export function takeOutside() {
  return [
    ...listing('/run', alone),
    ...['/etc/libvirt', '/var/lib/libvirt', '/var/cache/libvirt', '/var/log/libvirt'].flatMap((path) =>
      listing(path, true),
    ),
    ...homes().flatMap((home) => [`home ${home}`, ...listing(home, false), ...(alone ? topOf(home) : [])]),
    ...names('/sys/class/net').map((name) => `interface ${name}`),
    ...firewall(),
    ...['/etc/passwd', '/etc/group', '/etc/subuid', '/etc/subgid'].flatMap(linesOf),
    ...names('/sys/block')
      .filter((name) => existsSync(`/sys/block/${name}/loop/backing_file`))
      .map((name) => `loop device ${name}`),
    ...['/dev/kvm', '/dev/net/tun', '/dev/net'].filter(existsSync).map((path) => `mode ${path} ${describe(path)}`),
    ...controlGroups('/sys/fs/cgroup', 3),
    ...processes(),
  ].sort()
}

/** The difference to `before`, once it has settled, as the result of one test. */
export async function compareOutside(before, name) {
  const end = Date.now() + 5000
  for (;;) {
    const after = takeOutside()
    const [old, now] = [new Set(before), new Set(after)]
    const lost = before
      .filter((line) => !now.has(line) && !line.startsWith('process '))
      .map((line) => `- ${line}`)
    const added = after.filter((line) => !old.has(line)).map((line) => `+ ${line}`)
    const difference = [...lost, ...added]
    if (difference.length === 0) return [{ layer: 'outside', name, status: 'passed' }]
    if (Date.now() > end) return [{ layer: 'outside', name, status: 'failed', message: difference.join('\n') }]
    await pause(200)
  }
}

/** Starts a run of its own and kills it without a warning once the small machine of its test is up. */
export async function killedRun() {
  const machines = () => names('/proc').filter((pid) => /^\d+$/.test(pid) && commandOf(pid).includes('guest=prueba,'))
  const before = machines()
  const args = ['scripts/test.mjs', '--no-build', 'integration', 'test/integration/lab/harness.spec.ts']
  const env = { ...process.env, VIVERO_RESULTS: `${resultsFolder}/killed` }
  const child = spawn(process.execPath, args, { cwd: repository, env, stdio: 'ignore' })
  const ended = new Promise((resolve) => child.once('exit', resolve))
  for (let tries = 0; machines().every((pid) => before.includes(pid)); tries += 1) {
    if (tries > 600 || child.exitCode !== null) throw new Error('the run that was to be killed has started no machine')
    await pause(100)
  }
  child.kill('SIGKILL')
  await ended
}

function commandOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, 'utf8')
  } catch {
    return '' // ended meanwhile
  }
}

/** Files below a folder with type, mode, owner and size; only the marked ones unless `whole`. */
function listing(folder, whole, depth = 12) {
  if (depth === 0) return []
  return names(folder).flatMap((name) => {
    const path = join(folder, name)
    if (isOurs(path)) return []
    let found
    try {
      found = lstatSync(path)
    } catch {
      return []
    }
    const counts = whole || marked.test(path)
    const deeper = found.isDirectory() ? listing(path, whole, counts || depth > 9 ? depth - 1 : 0) : []
    return counts
      ? [`file ${path} ${describe(path)}${found.isFile() ? ` ${found.size} bytes` : ''}`, ...deeper]
      : deeper
  })
}

/** What lies in a home and in its folders, by name: the tools of whoever runs the tests may be at work in there. */
function topOf(home) {
  const inside = (folder) => names(folder).map((name) => join(folder, name)).filter((path) => !isOurs(path))
  return inside(home).flatMap((path) => [path, ...inside(path)]).map((path) => `in the home ${path}`)
}

/** The clone, and the folder of npm, which runs outside: it is what started this run. Browsers and all else run in labs. */
const isOurs = (path) => path === repository || path.endsWith('/.npm')

function homes() {
  return ['/root', ...names('/home').map((name) => `/home/${name}`)].filter((home) => home !== repository)
}

function describe(path) {
  const { mode, uid, gid } = lstatSync(path)
  return `${mode.toString(8)} ${uid}:${gid}`
}

function names(folder) {
  try {
    return readdirSync(folder)
  } catch {
    return [] // not there, or nobody's to read
  }
}

function linesOf(file) {
  return existsSync(file)
    ? readFileSync(file, 'utf8')
        .split('\n')
        .filter(Boolean)
        .map((line) => `${file}: ${line}`)
    : []
}

function firewall() {
  const print = (program, ...args) => {
    try {
      return execFileSync(program, args, { encoding: 'utf8', stdio: ['ignore', 'pipe', 'ignore'] }).split('\n')
    } catch {
      return [] // not installed, or only for root
    }
  }
  const rules = [...print('iptables-save'), ...print('ip6tables-save'), ...print('nft', 'list', 'ruleset')]
  return rules
    .filter((line) => line.trim() !== '' && !line.startsWith('#'))
    .map((line) => `rule ${line.replaceAll(/\[\d+:\d+\]|packets \d+ bytes \d+/g, '')}`)
}

function controlGroups(folder, depth) {
  if (depth === 0) return []
  return names(folder).flatMap((name) => {
    const path = join(folder, name)
    if (!statSync(path, { throwIfNoEntry: false })?.isDirectory()) return []
    return [...(/machine|libvirt|qemu/.test(name) ? [`control group ${path}`] : []), ...controlGroups(path, depth - 1)]
  })
}

/**
 * What this run has started, told by its mark in the environment or in that of a process above, as in a lab; and, where
 * nobody else is at work, the libvirt family on the machine itself. Containers and other labs on it are others' business.
 */
function processes() {
  return names('/proc')
    .filter((name) => /^\d+$/.test(name))
    .flatMap((pid) => {
      try {
        const program = readFileSync(`/proc/${pid}/comm`, 'utf8').trim()
        return isMarked(pid) || (alone && families.test(program) && !isElsewhere(pid)) ? [`process ${pid} ${program}`] : []
      } catch {
        return [] // ended meanwhile
      }
    })
}

function isMarked(pid) {
  if (pid === '0' || pid === '1' || pid === String(process.pid)) return false
  return environmentOf(pid).includes(`VIVERO_RUN=${process.env.VIVERO_RUN}\0`) || isMarked(parentOf(pid))
}

function environmentOf(pid) {
  try {
    return readFileSync(`/proc/${pid}/environ`, 'utf8')
  } catch {
    return '' // somebody else's
  }
}

function parentOf(pid) {
  return /^PPid:\s+(\d+)$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1] ?? '0'
}

/** In a container or a lab of somebody else's. */
const isElsewhere = (pid) => readlinkSync(`/proc/${pid}/ns/pid`) !== readlinkSync('/proc/self/ns/pid')
