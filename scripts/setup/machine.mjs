// What kind of machine this is: programs, package manager, service manager, display.
import { accessSync, constants, existsSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'

/** sbin holds libvirtd, ip and dnsmasq; an ordinary user's PATH may lack it. */
const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

/** Where a program lies, or undefined. An absolute name is only checked. */
export function findProgram(name, path = process.env.PATH ?? '') {
  const folders = name.startsWith('/') ? [''] : [...path.split(':'), ...systemFolders].filter((folder) => folder !== '')
  return folders.map((folder) => (folder === '' ? name : join(folder, name))).find(isProgram)
}

function isProgram(file) {
  try {
    accessSync(file, constants.X_OK)
    return statSync(file).isFile()
  } catch {
    return false
  }
}

const families = [
  ['apt', 'apt-get', ['debian', 'ubuntu']],
  ['dnf', 'dnf', ['fedora', 'rhel', 'centos']],
  ['pacman', 'pacman', ['arch']],
  ['zypper', 'zypper', ['suse', 'opensuse']],
]

/** Chooses apt, dnf, pacman or zypper from the text of /etc/os-release and the programs that are there; else undefined. */
export function choosePackageManager(osRelease, hasProgram) {
  const names = [...osRelease.matchAll(/^ID(?:_LIKE)?="?([^"\n]*)"?$/gm)].flatMap((match) => match[1].split(/\s+/))
  const present = families.filter(([, program]) => hasProgram(program))
  const ofFamily = present.find(([, , systems]) =>
    systems.some((system) => names.some((name) => name.startsWith(system))),
  )
  return (ofFamily ?? present[0])?.[0]
}

export function packageManager() {
  const file = ['/etc/os-release', '/usr/lib/os-release'].find((name) => existsSync(name))
  return choosePackageManager(file ? readFileSync(file, 'utf8') : '', (name) => findProgram(name) !== undefined)
}

export const isRoot = () => process.getuid?.() === 0

/** Whether something else starts services here: systemd, OpenRC, runit. */
export const hasServiceManager = () =>
  ['/run/systemd/system', '/run/openrc', '/run/runit'].some((path) => existsSync(path))

export const hasDisplay = (env = process.env) => Boolean(env.DISPLAY || env.WAYLAND_DISPLAY)
