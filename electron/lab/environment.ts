/** Variables of the person's own session that would lead out of a lab, or mean nothing in it. */
const personal = [
  'LIBVIRT_DEFAULT_URI',
  'VIRSH_DEFAULT_CONNECT_URI',
  'LIBVIRT_AUTH_FILE',
  'DBUS_SESSION_BUS_ADDRESS',
  'DBUS_SYSTEM_BUS_ADDRESS',
  'SSH_AUTH_SOCK',
  'SUDO_USER',
  'SUDO_UID',
  'SUDO_GID',
  'SUDO_COMMAND',
]

/** The home of a lab's root, made by inside.sh: private, on a tmpfs, and nowhere near the machine's own /root. */
export const labRootHome = '/run/lab/root'

/**
 * The environment of a lab's command: the caller's without what belongs to the person's session, with the private home
 * of the lab's root, and with `extra` on top.
 */
export function labEnvironment(outside: NodeJS.ProcessEnv, extra: NodeJS.ProcessEnv = {}): NodeJS.ProcessEnv {
  const inherited = Object.entries(outside).filter(([name]) => !personal.includes(name) && !/^(XDG|npm_config)_/.test(name))
  return {
    ...Object.fromEntries(inherited),
    HOME: labRootHome,
    USER: 'root',
    LOGNAME: 'root',
    TMPDIR: '/tmp',
    LC_ALL: 'C.UTF-8',
    PATH: withSystemFolders(outside['PATH']),
    VIVERO_LAB: '1',
    ...extra,
  }
}

/** libvirtd, ip and dnsmasq live in sbin, which an ordinary user's PATH may lack. */
function withSystemFolders(path: string | undefined): string {
  const folders = (path ?? '').split(':').filter((folder) => folder !== '')
  const system = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']
  return [...folders, ...system.filter((folder) => !folders.includes(folder))].join(':')
}
