/** polkit's agent for terminals, as a person has it who runs it beside a program: pkttyagent(1). */
import { rmSync } from 'node:fs'
import { until } from './poll.ts'
import type { User } from './user.ts'

export interface TextAgent {
  /** How often it has asked for a password so far. */
  asked(): number
  /** Waits until it asks, and types the password. */
  give(password: string): Promise<void>
  /** All that stands on its terminal. */
  text(): string
  close(): Promise<void>
}

/** Waits until it is registered for that process, of the same user. */
export async function textAgent(user: User, pid: number): Promise<TextAgent> {
  const pipe = `/tmp/agent-${pid}`
  const agent = `pkttyagent --process ${pid} --notify-fd 9`
  const child = user.spawn(['script', '-qefc', `mkfifo ${pipe}; ${agent} 9>${pipe} & cat ${pipe}; echo registered; wait`, '/dev/null'], {
    env: { SHELL: '/bin/sh' },
    stdio: ['pipe', 'pipe', 'pipe'],
  })
  let heard = ''
  let answered = 0
  child.stdout?.setEncoding('utf8').on('data', (text: string) => (heard += text))
  child.stdin?.on('error', () => undefined)
  const ended = new Promise((resolve) => child.once('close', resolve))
  const asked = (): number => heard.split('Password: ').length - 1
  await until('the agent', 10_000, () => (heard.includes('registered') ? true : undefined))
  rmSync(pipe, { force: true })
  return {
    asked,
    give: async (password) => {
      await until('the agent asks', 20_000, () => {
        if (asked() > answered) return true
        throw new Error(heard)
      })
      answered++
      child.stdin?.write(`${password}\r`)
    },
    text: () => heard,
    close: async () => {
      child.kill('SIGKILL')
      await ended
    },
  }
}
