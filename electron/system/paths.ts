/** Folders of this person, as the XDG base directory and user-dirs specifications name them. */
import { homedir } from 'node:os'
import { readFileSync } from 'node:fs'
import { isAbsolute, join, resolve } from 'node:path'

const APP = 'vivero'

function xdg(variable: string, fallback: string): string {
  const value = process.env[variable]
  return value && isAbsolute(value) ? value : join(homedir(), fallback)
}

/** ~/.config/vivero: settings and remembered connections. */
export const configFolder = (): string => join(xdg('XDG_CONFIG_HOME', '.config'), APP)
/** ~/.local/share/vivero. */
export const dataFolder = (): string => join(xdg('XDG_DATA_HOME', '.local/share'), APP)
/** ~/.local/share/vivero/images: what was fetched, for machines to be made from. */
export const libraryFolder = (): string => join(dataFolder(), 'images')
/** ~/.cache/vivero: whatever can be made again. */
export const cacheFolder = (): string => join(xdg('XDG_CACHE_HOME', '.cache'), APP)
/** ~/.local/state/vivero: logs. */
export const stateFolder = (): string => join(xdg('XDG_STATE_HOME', '.local/state'), APP)
/** Where short-lived private files go: $XDG_RUNTIME_DIR, else the cache. */
export const runtimeFolder = (): string => {
  const value = process.env['XDG_RUNTIME_DIR']
  return value && isAbsolute(value) ? join(value, APP) : join(cacheFolder(), 'run')
}
/** ~/.local/share/libvirt/images: the folder of libvirt's default pool in a session. */
export const sessionImagesFolder = (): string => join(xdg('XDG_DATA_HOME', '.local/share'), 'libvirt', 'images')

/** ~/.config/libvirt/qemu: where libvirt keeps this user's machines and their firmware's variables. */
export const sessionQemuFolder = (): string => join(xdg('XDG_CONFIG_HOME', '.config'), 'libvirt', 'qemu')

/** ~/.cache/libvirt: what libvirt keeps of this user's session. */
export const sessionCacheFolder = (): string => join(xdg('XDG_CACHE_HOME', '.cache'), 'libvirt')

/** A user directory such as DOWNLOAD or PICTURES (so ~/Descargas where the desktop is Spanish). */
export function userFolder(name: 'DOWNLOAD' | 'PICTURES', fallback: string): string {
  try {
    const text = readFileSync(join(xdg('XDG_CONFIG_HOME', '.config'), 'user-dirs.dirs'), 'utf8')
    const match = new RegExp(`^XDG_${name}_DIR="(.*)"$`, 'm').exec(text)
    if (match?.[1]) {
      const path = match[1].replace(/\\(.)/g, '$1').replace(/^\$HOME(?=\/|$)/, homedir())
      if (isAbsolute(path)) return path
    }
  } catch {
    // no desktop has written the file: the English default holds
  }
  return join(homedir(), fallback)
}

/** Expands a leading `~` and makes the path absolute (libvirt stores `~` literally). */
export function expandPath(path: string): string {
  const expanded = path === '~' || path.startsWith('~/') ? join(homedir(), path.slice(1)) : path
  return resolve(homedir(), expanded)
}
