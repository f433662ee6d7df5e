/** The lab's system libvirt as distributions ship it: open to everybody, asking polkit over the system's D-Bus. */
import { execFileSync, spawn, type ChildProcess } from 'node:child_process'
import { chmodSync, existsSync, mkdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { labMode } from '../../electron/lab/lab.ts'
import { until } from './poll.ts'
import { asUser, requireLab } from './user.ts'

export interface PolkitWish {
  /** A real system D-Bus. */
  readonly bus: boolean
  /** A real polkitd, which needs the bus. */
  readonly polkitd: boolean
}

export interface PolkitSystem {
  /**
   * polkitd forgets every password that was given, as it does by itself after some minutes, and every agent; with
   * rules of the test's own beside those of the system, as polkit(8) has them.
   */
  forget(rules?: string): Promise<void>
  /** The lab's libvirt is as before. */
  stop(): Promise<void>
}

/** Why nobody can give a password here; null where they can. */
export const noPasswords = (): string | null =>
  labMode() === 'user' ? 'polkit checks passwords by a program of the machine’s root, who is nobody in a user namespace' : null

/** What the lab's root is asked for by polkit; nobody else's password counts there. */
export const rootsPassword = 'la clave de root'
/** The same as crypt(5) has it. */
const hashed = '$6$vivero$JcN7B3g.49U0yj9rgObXEFpOAYzAPghVmMHAWed7Mrzk.uF1CWN.c55eaqIo9Sn7YHq3LiaAklH57rxolCsZY.'

const folder = '/run/lab/polkit'
const socket = '/run/dbus/system_bus_socket'
const libvirtdConf = '/etc/libvirt/libvirtd.conf'
const rulesFolder = '/etc/polkit-1/rules.d'

/** What libvirt's package brings as 60-libvirt.rules, where only polkitd's own user may read that. */
const libvirtRule = `polkit.addRule(function (action, subject) {
  if (action.id == 'org.libvirt.unix.manage' && subject.isInGroup('libvirt')) return polkit.Result.YES
})`

/** As Debian's libvirtd.socket: root's, and open to all, since polkit decides. */
const conf = `auth_unix_ro = "none"
auth_unix_rw = "polkit"
unix_sock_rw_perms = "0777"
log_outputs = "3:file:/run/lab/log/libvirtd.log"
`

/** The system's own but for its services: none is started by asking for it. */
const busConf = `<busconfig>
  <type>system</type>
  <listen>unix:path=${socket}</listen>
  <auth>EXTERNAL</auth>
  <policy context="default">
    <allow user="*"/>
    <deny own="*"/>
    <deny send_type="method_call"/>
    <allow send_type="signal"/>
    <allow send_requested_reply="true" send_type="method_return"/>
    <allow send_requested_reply="true" send_type="error"/>
    <allow receive_type="method_call"/>
    <allow receive_type="method_return"/>
    <allow receive_type="error"/>
    <allow receive_type="signal"/>
    <allow send_destination="org.freedesktop.DBus"/>
  </policy>
  <includedir>/usr/share/dbus-1/system.d</includedir>
</busconfig>
`

/** Restarts the lab's libvirtd so that it asks polkit, with as much of D-Bus and polkit as is wished. */
export async function polkitSystem(wish: PolkitWish): Promise<PolkitSystem> {
  requireLab()
  const before = readFileSync(libvirtdConf, 'utf8')
  const shadow = readFileSync('/etc/shadow', 'utf8')
  mkdirSync(join(folder, 'rules'), { recursive: true })
  await endLibvirtd()
  writeFileSync(libvirtdConf, conf)
  // the file is bound over the machine's own: it is written in place
  writeFileSync('/etc/shadow', shadow.replace(/^root:[^:]*/m, () => `root:${hashed}`))
  const bus = wish.bus ? await startBus() : null
  let polkitd = wish.polkitd ? await startPolkitd('') : null
  await startLibvirtd()
  return {
    forget: async (rules = '') => {
      const next = await startPolkitd(rules)
      await ended(polkitd)
      polkitd = next
    },
    stop: async () => {
      await endLibvirtd()
      await ended(polkitd)
      await ended(bus)
      rmSync(socket, { force: true })
      if (bound(rulesFolder)) execFileSync('umount', [rulesFolder])
      writeFileSync('/etc/shadow', shadow)
      writeFileSync(libvirtdConf, before)
      await startLibvirtd()
    },
  }
}

async function startBus(): Promise<ChildProcess> {
  mkdirSync('/run/dbus', { recursive: true })
  writeFileSync(join(folder, 'bus.conf'), busConf)
  const child = service(['dbus-daemon', `--config-file=${join(folder, 'bus.conf')}`, '--nofork', '--nopidfile'])
  await until('the system bus', 10_000, () => (existsSync(socket) ? true : undefined))
  return child
}

/** The administrator is root alone, whoever that is on the machine outside. */
async function startPolkitd(rules: string): Promise<ChildProcess> {
  const file = join(folder, 'rules', '00-lab.rules')
  const ofLibvirt = labMode() === 'user' ? libvirtRule : ''
  writeFileSync(file, `polkit.addAdminRule(function () { return ['unix-user:root'] })\n${ofLibvirt}\n${rules}\n`)
  for (const path of [join(folder, 'rules'), file]) chmodSync(path, 0o755)
  if (!bound(rulesFolder)) execFileSync('mount', ['--bind', join(folder, 'rules'), rulesFolder])
  const started = /^Exec=(.*)$/m.exec(readFileSync('/usr/share/dbus-1/system-services/org.freedesktop.PolicyKit1.service', 'utf8'))
  // at no moment is there none
  const child = service([...(started?.[1] ?? '').split(' '), '--replace'])
  await until('the name of polkitd', 10_000, async () => ((await ownerOfPolkit()) === child.pid ? true : undefined))
  const self = ['--action-id', 'org.libvirt.unix.monitor', '--process', String(process.pid)]
  await until('polkitd', 10_000, async () => ((await asUser('root').exec(['pkcheck', ...self])).code === 0 ? true : undefined))
  return child
}

/** The process that answers for polkit. */
async function ownerOfPolkit(): Promise<number> {
  const asked = ['org.freedesktop.DBus.GetConnectionUnixProcessID', 'string:org.freedesktop.PolicyKit1']
  const { stdout } = await asUser('root').exec(['dbus-send', '--system', '--print-reply=literal', '--dest=org.freedesktop.DBus', '/', ...asked])
  return Number(/uint32 (\d+)/.exec(stdout)?.[1] ?? 0)
}

const bound = (path: string): boolean => readFileSync('/proc/self/mountinfo', 'utf8').includes(` ${path} `)

/** It ends with the test at the latest. */
function service([program = '', ...args]: readonly string[]): ChildProcess {
  return spawn('setpriv', ['--pdeathsig', 'KILL', program, ...args], { stdio: 'ignore' })
}

async function ended(child: ChildProcess | null): Promise<void> {
  if (!child || child.exitCode !== null || child.signalCode !== null) return
  const over = new Promise((resolve) => child.once('exit', resolve))
  child.kill('SIGKILL')
  await over
}

async function endLibvirtd(): Promise<void> {
  const pid = Number(readFileSync('/run/libvirtd.pid', 'utf8'))
  process.kill(pid, 'SIGTERM')
  await until('the end of libvirtd', 30_000, () => (existsSync(`/proc/${pid}`) ? undefined : true))
}

async function startLibvirtd(): Promise<void> {
  execFileSync('libvirtd', ['-d'])
  await until('libvirtd', 10_000, () => asUser('root').virsh(['-c', 'qemu:///system', 'uri']))
}
