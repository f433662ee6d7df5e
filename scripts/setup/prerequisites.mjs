// What Vivero needs from the system (assets/prerequisites.json): finds what is missing and installs it.
import { existsSync, readFileSync } from 'node:fs'
import { createInterface } from 'node:readline/promises'
import { followApt } from './apt-progress.mjs'
import { SetupFailure } from './failure.mjs'
import { findProgram, isRoot, packageManager } from './machine.mjs'
import { runProgram } from './processes.mjs'
import { stepLine } from './steps.mjs'
import { t } from './words.mjs'

/** All that the app ("run") or its tests ("test") need. */
export function listPrerequisites(groups) {
  const list = JSON.parse(readFileSync(new URL('../../assets/prerequisites.json', import.meta.url), 'utf8'))
  return list.filter((item) => groups.includes(item.group))
}

/** Whether something needed is there: of each list of programs one, and one of the files. */
export function isPresent({ check }, hasProgram = (name) => findProgram(name) !== undefined, hasFile = existsSync) {
  const programs = check.programs ?? []
  return (
    programs.every((choices) => choices.some(hasProgram)) && (check.files === undefined || check.files.some(hasFile))
  )
}

const missingItems = (groups) => listPrerequisites(groups).filter((item) => !isPresent(item))

/** The packages of these things for one package manager, each once. */
export const packagesOf = (items, manager) => [...new Set(items.flatMap((item) => item.packages[manager] ?? []))].sort()

const installers = {
  apt: ['apt-get', 'install', '--yes', '--no-install-recommends'],
  dnf: ['dnf', 'install', '--assumeyes'],
  pacman: ['pacman', '--sync', '--needed', '--noconfirm'],
  zypper: ['zypper', '--non-interactive', 'install', '--no-recommends'],
}

/** The line with which a person installs these packages. */
export const installLine = (manager, packages) => ['sudo', ...installers[manager], ...packages].join(' ')

/**
 * Installs what is missing of these groups: with apt-get as root, through sudo after asking otherwise (not asking with
 * `yes`). Throws a SetupFailure, with the exact line to type, where it cannot. `progress` gets what is being done.
 * @returns {Promise<string>} what was done, in words
 */
export async function ensurePrerequisites({ groups, yes = false, progress, ask = askOnTerminal }) {
  if (progress) return ensure({ groups, yes, ask, show: progress })
  if (missingItems(groups).length === 0) return t('setup:result.present')
  const step = stepLine(t('setup:step.packages'), process.stdout)
  try {
    const result = await ensure({ groups, yes, ask, show: step.progress })
    step.end(result)
    return result
  } catch (error) {
    step.end(t('setup:result.failed'))
    throw error
  }
}

async function ensure({ groups, yes, ask, show }) {
  const missing = missingItems(groups)
  if (missing.length === 0) return t('setup:result.present')
  const manager = packageManager()
  const names = missing.map((item) => t(item.label)).join(', ')
  if (manager === undefined) throw failure(t('setup:packages.noManager', { names }), t('setup:packages.byHand'))
  const packages = packagesOf(missing, manager)
  const line = installLine(manager, packages)
  if (manager !== 'apt') throw failure(t('setup:packages.missing', { names }), t('setup:packages.run'), [line])
  const prefix = await permission({ yes, line, names, ask, show })
  await installWithApt(prefix, packages, show, line)
  const still = missingItems(groups)
  if (still.length > 0) {
    const left = still.map((item) => t(item.label)).join(', ')
    const again = installLine('apt', packagesOf(still, 'apt'))
    throw failure(t('setup:packages.stillMissing', { names: left }), t('setup:packages.run'), [again])
  }
  return t('setup:packages.installed', { count: packages.length })
}

const failure = (cause, remedy, lines) => new SetupFailure({ step: t('setup:step.packages'), cause, remedy, lines })

/** The words before apt-get: none as root, else sudo, which a person has allowed. */
async function permission({ yes, line, names, ask, show }) {
  if (isRoot()) return []
  const terminal = Boolean(process.stdin.isTTY && process.stdout.isTTY)
  if (findProgram('sudo') === undefined) {
    throw failure(t('setup:packages.noSudo', { names }), t('setup:packages.runAsRoot'), [line.replace(/^sudo /, '')])
  }
  if (!terminal && !yes) throw failure(t('setup:packages.missing', { names }), t('setup:packages.run'), [line])
  show.pause()
  if (!yes && !(await ask(t('setup:packages.ask', { names, line })))) {
    throw failure(t('setup:packages.refused', { names }), t('setup:packages.run'), [line])
  }
  // Without a terminal nobody can type a password: sudo must not wait for one. With one it asks now, once.
  if (!terminal) return ['sudo', '-n']
  const { code, tail } = await runProgram(['sudo', '-v'], { stdin: 'inherit' })
  if (code !== 0) throw failure(t('setup:packages.sudoRefused', { names, text: tail }), t('setup:packages.runAsRoot'), [line.replace(/^sudo /, '')])
  return ['sudo']
}

async function askOnTerminal(question) {
  const terminal = createInterface({ input: process.stdin, output: process.stdout })
  try {
    // The end of the input (Ctrl+D) is no answer, and so no permission.
    const ended = new Promise((resolve) => terminal.once('close', () => resolve('n')))
    const answer = await Promise.race([terminal.question(`\n${question} `), ended])
    return /^\s*([yYsS].*)?$/.test(answer)
  } finally {
    terminal.close()
  }
}

async function installWithApt(prefix, packages, progress, line) {
  const env = ['env', 'DEBIAN_FRONTEND=noninteractive', 'LC_ALL=C.UTF-8']
  const apt = [...prefix, ...env, 'apt-get', '-q', '-o', 'Dpkg::Use-Pty=0']
  const stdin = prefix.length > 0 ? 'inherit' : 'ignore'
  progress(t('setup:packages.updating'))
  const update = await runProgram([...apt, 'update'], { stdin })
  const follow = followApt()
  const onLine = (text) => {
    const state = follow(text)
    if (state) progress(t(`setup:packages.${state.phase}`, state))
  }
  const install = [...apt, ...installers.apt.slice(1), ...packages]
  const { code, tail } = await runProgram(install, { stdin, onLine })
  if (code === 0) return
  const cause = update.code === 0 ? tail : `${update.tail}\n${tail}`
  throw failure(t('setup:packages.aptFailed', { code, text: cause }), t('setup:packages.tryByHand'), [line])
}
