/**
 * Stands for virsh in the PATH of a unit test: it reads a batch as virsh does, answers as it is told to and notes every
 * command. What libvirt really does is proved in test/integration.
 */
import { chmodSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'

export interface StubAnswer {
  /** Of the command with its words, joined by blanks. The first answer whose expression fits holds; without one a command prints nothing. */
  readonly when: string
  readonly print?: string
  /** libvirt's complaint; the command fails. */
  readonly fail?: string
  /** A complaint without a failure. */
  readonly warn?: string
  /** Never ends. */
  readonly hang?: boolean
  /** A folder that is made, with those above it. */
  readonly makes?: string
}

export interface StubCall {
  readonly uri: string
  readonly words: readonly string[]
  /** LC_ALL of the process. */
  readonly language: string
  /** Numbers of the process: commands with the same one came in one batch. */
  readonly pid: number
  readonly file?: { readonly text: string; readonly mode: number }
}

export interface VirshStub {
  readonly folder: string
  answer(...answers: readonly StubAnswer[]): void
  /** Commands that ran since the last answer(), in their order. */
  calls(): readonly StubCall[]
  /** The same that change something, as "verb word word". */
  written(): readonly string[]
  end(): void
}

// echo ends with no newline, as it does under -q
const program = String.raw`#!${process.execPath}
const fs = require('node:fs')
const { appendFileSync, mkdirSync, readFileSync, statSync } = fs
const folder = __dirname
const answers = JSON.parse(readFileSync(folder + '/answers.json', 'utf8'))
const [, uri, ...args] = process.argv.slice(3)
const commands = [[]]
if (args.length > 1 || !/;/.test(args[0] ?? '')) commands[0] = args
else {
  let word = null, quoted = false
  for (let at = 0; at < args[0].length; at++) {
    const c = args[0][at]
    if (c === '\\') word = (word ?? '') + args[0][++at]
    else if (c === '"') { quoted = !quoted; word ??= '' }
    else if (!quoted && (c === ' ' || c === ';')) {
      if (word !== null) commands.at(-1).push(word)
      word = null
      if (c === ';') commands.push([])
    } else word = (word ?? '') + c
  }
  if (word !== null) commands.at(-1).push(word)
}
for (const words of commands) {
  if (words[0] === 'echo' && /^vivero-/.test(words.at(-1))) {
    fs.writeSync(words[1] === '--err' ? 2 : 1, words[1] === '--err' ? 'error: ' + words[2] + '\n' : words[1])
    continue
  }
  const path = words.find((word) => word.startsWith('--file='))?.slice(7)
  let file
  try { file = path && { text: readFileSync(path, 'utf8'), mode: statSync(path).mode & 0o777 } } catch { file = undefined }
  appendFileSync(folder + '/calls', JSON.stringify({ uri, words, language: process.env.LC_ALL, pid: process.pid, file }) + '\n')
  const answer = answers.find(({ when }) => new RegExp(when, 's').test(words.join(' ')))
  if (!answer) continue
  if (answer.makes) mkdirSync(answer.makes, { recursive: true })
  if (answer.print !== undefined) fs.writeSync(1, answer.print)
  if (answer.warn !== undefined) fs.writeSync(2, answer.warn + '\n')
  if (answer.hang) setTimeout(() => undefined, 60_000)
  if (answer.fail !== undefined) {
    fs.writeSync(2, 'error: Failed to do it\nerror: ' + answer.fail + '\n')
    process.exitCode = 1
    if (answer.when === '^' || /connect socket/.test(answer.fail)) break
  }
}
`

/** Commands that only read. */
const reading = /^(list|net-list|pool-list|dumpxml|net-dumpxml|pool-dumpxml|vol-list|vol-dumpxml|capabilities|domcapabilities|version|node\w+|domstats|net-dhcp-leases|echo|domuuid|net-uuid|pool-uuid|snapshot-list)$/

/** Puts the stub in front of PATH; end() takes it away. */
export function stubVirsh(): VirshStub {
  const folder = mkdtempSync(join(tmpdir(), 'vivero-virsh-'))
  const before = process.env['PATH']
  writeFileSync(join(folder, 'virsh'), program)
  chmodSync(join(folder, 'virsh'), 0o755)
  const answer = (...answers: readonly StubAnswer[]): void => {
    writeFileSync(join(folder, 'answers.json'), JSON.stringify(answers))
    writeFileSync(join(folder, 'calls'), '')
  }
  const calls = (): StubCall[] =>
    readFileSync(join(folder, 'calls'), 'utf8').split('\n').filter((line) => line !== '').map((line) => JSON.parse(line) as StubCall)
  answer()
  process.env['PATH'] = `${folder}:${before ?? ''}`
  return {
    folder,
    answer,
    calls,
    written: () => calls().map(({ words }) => words).filter(([verb = '']) => !reading.test(verb)).map((words) => words.filter((word) => !word.startsWith('--file=')).join(' ')),
    end: () => {
      process.env['PATH'] = before
      rmSync(folder, { recursive: true })
    },
  }
}
