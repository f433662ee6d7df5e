import { constants } from 'node:fs'
import { access } from 'node:fs/promises'
import { isProgram, pathFolders } from '../system/programs.ts'
import { packageManagers, prerequisites, type PackageManager, type Prerequisite } from './prerequisites.ts'

export interface ReadinessItem {
  readonly id: string
  /** Key of its name in shared/i18n. */
  readonly label: string
  readonly present: boolean
  /** The line that installs it for this machine's package manager; null where it is there or no manager is known. */
  readonly installLine: string | null
}

/** libvirtd, ip and dnsmasq live in sbin, which an ordinary user's PATH may lack. */
const systemFolders = ['/usr/local/sbin', '/usr/local/bin', '/usr/sbin', '/usr/bin', '/sbin', '/bin']

const installers: Readonly<Record<PackageManager, { readonly program: string; readonly words: string }>> = {
  apt: { program: 'apt-get', words: 'sudo apt-get install --no-install-recommends' },
  dnf: { program: 'dnf', words: 'sudo dnf install' },
  pacman: { program: 'pacman', words: 'sudo pacman --sync --needed' },
  zypper: { program: 'zypper', words: 'sudo zypper install --no-recommends' },
}

/** Whether each thing that the app needs is there: files and programs are looked for, nothing is started. */
export async function checkReadiness(env: NodeJS.ProcessEnv = process.env): Promise<ReadinessItem[]> {
  const folders = [...pathFolders(env), ...systemFolders]
  const manager = await presentManager(folders)
  const needed = prerequisites.filter((item) => item.group === 'run')
  return Promise.all(needed.map((item) => readinessOf(item, manager, folders)))
}

/** Whether one of the things that the app needs is there. */
export async function isInstalled(id: string, env: NodeJS.ProcessEnv = process.env): Promise<boolean> {
  return (await checkReadiness(env)).find((item) => item.id === id)?.present ?? false
}

/**
 * One line that installs this thing and all else that the app needs and that is missing; null where this machine's package
 * manager is not known.
 */
export async function installLine(id: string, env: NodeJS.ProcessEnv = process.env): Promise<string | null> {
  const folders = [...pathFolders(env), ...systemFolders]
  const manager = await presentManager(folders)
  if (manager === null) return null
  const missing = (await checkReadiness(env)).filter((item) => item.id === id || !item.present).map((item) => item.id)
  const packages = prerequisites.filter((item) => missing.includes(item.id)).flatMap((item) => item.packages[manager])
  return [installers[manager].words, ...new Set(packages)].join(' ')
}

/** The same for one thing, with the folders where programs are looked for. */
export async function readinessOf(
  item: Prerequisite,
  manager: PackageManager | null,
  folders: readonly string[],
): Promise<ReadinessItem> {
  const present = await isPresent(item, folders)
  const installLine = present || manager === null ? null : [installers[manager].words, ...item.packages[manager]].join(' ')
  return { id: item.id, label: item.label, present, installLine }
}

async function isPresent({ check }: Prerequisite, folders: readonly string[]): Promise<boolean> {
  for (const choices of check.programs ?? []) {
    if (!(await some(choices, (name) => isProgram(name, folders)))) return false
  }
  return check.files === undefined || some(check.files, (file) => isThere(file, constants.R_OK))
}

async function presentManager(folders: readonly string[]): Promise<PackageManager | null> {
  for (const manager of packageManagers) {
    if (await isProgram(installers[manager].program, folders)) return manager
  }
  return null
}

const isThere = (file: string, mode: number): Promise<boolean> => access(file, mode).then(() => true, () => false)

async function some<T>(values: readonly T[], test: (value: T) => Promise<boolean>): Promise<boolean> {
  for (const value of values) {
    if (await test(value)) return true
  }
  return false
}
