/**
 * libvirt tells why QEMU ended from what QEMU wrote into its log, and on a busy host it looks before anything is there, or
 * in the middle of a line: "process exited while connecting to monitor", and no more. The log tells it a moment later.
 */
import { setTimeout as pause } from 'node:timers/promises'
import { AppError } from '../../../shared/model/error.ts'
import { errorFromOutput } from '../errors.ts'
import type { Target } from '../target.ts'
import { domainLog } from './qemu-log.ts'

/** How often and after how many milliseconds the log is looked at again. */
const LOOKS = 10
const BETWEEN = 100

/** The error of a failed start with QEMU's own words, where libvirt had none and this user may read the log; any other as it was. */
export async function withLastWords(target: Target, uuid: string, problem: unknown): Promise<unknown> {
  if (!(problem instanceof AppError) || !(isSilent(problem) || problem.code === 'start-failed')) return problem
  const words = await wordsOf(target, uuid)
  if (words === '') return isSilent(problem) ? new AppError('start-failed', problem.params, problem.detail, problem.remedies) : problem
  const told = errorFromOutput(`process exited while connecting to monitor: ${words}`, target.uri)
  const detail = (problem.detail ?? '').includes(words) ? problem.detail : `${problem.detail ?? ''}\n${words}`
  return new AppError(told.code, told.params, detail, told.remedies)
}

const isSilent = ({ detail }: AppError): boolean => /connecting to monitor:?\s*$|closed the monitor:?\s*$|domain is no longer running/.test(detail ?? '')

async function wordsOf(target: Target, uuid: string): Promise<string> {
  for (let look = 0; look < LOOKS; look++) {
    if (look > 0) await pause(BETWEEN)
    const log = await domainLog(target, uuid, false).catch(() => null)
    const words = log === null ? '' : lastWords(log.text)
    if (log === null || words !== '') return words
  }
  return ''
}

/** What QEMU said since its last start, without times: whole lines such as `2026-11-21T11:11:38.514434Z qemu-system-x86_64: …`. */
export function lastWords(log: string): string {
  const since = log.slice(log.lastIndexOf(': starting up libvirt version: '))
  return [...since.matchAll(/^\S+Z (qemu-system-[\w-]+: (?!terminating on signal).*)\n/gm)].map(([, words]) => words).join('\n')
}
