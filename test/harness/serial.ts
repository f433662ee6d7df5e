import { constants, openSync } from 'node:fs'
import { ReadStream } from 'node:tty'
import { until } from './poll.ts'
import type { User } from './user.ts'

export interface SerialPort {
  /** All that the guest wrote since the port was opened or last emptied. */
  text(): string
  clear(): void
  /** Waits for a text of the guest's and returns the match; `limit` in milliseconds. */
  expectText(pattern: RegExp, limit?: number): Promise<RegExpExecArray>
  /** Types a line and Enter. */
  type(line: string): void
  close(): void
}

/**
 * Opens the serial port of a running machine through its terminal, which the lab's root may do. QEMU drops what a
 * guest writes while nobody has the port open, and two readers share the bytes: no other console beside this one.
 */
export async function serialPort(user: User, machine: string, connection = 'qemu:///session'): Promise<SerialPort> {
  const path = await until('the serial port', 10_000, async () => {
    const line = (await user.virsh(['-c', connection, 'ttyconsole', `--domain=${machine}`])).trim()
    return line.startsWith('/dev/') ? line : undefined
  })
  // A terminal of one's own must not become the controlling one: a hangup would end the test.
  const descriptor = openSync(path, constants.O_RDWR | constants.O_NOCTTY | constants.O_NONBLOCK)
  const port = new ReadStream(descriptor)
  let heard = ''
  port.setEncoding('utf8').on('data', (text: string) => (heard = withoutControls(heard + text)))
  port.on('error', () => port.destroy()) // the machine ended, and its terminal with it
  return {
    text: () => heard,
    clear: () => {
      heard = ''
    },
    expectText: async (pattern, limit = 60_000) => {
      try {
        return await until(`${String(pattern)} on the serial port`, limit, () => pattern.exec(heard) ?? undefined)
      } catch (error) {
        throw new Error(`${error instanceof Error ? error.message : String(error)}; heard: ${heard.slice(-2000)}`)
      }
    },
    type: (line) => {
      port.write(`${line}\r`)
    },
    close: () => {
      port.destroy()
    },
  }
}

/** The shell's colours and questions about the cursor are no text. */
function withoutControls(text: string): string {
  return text.replace(/\u001b\[[0-9;?]*[A-Za-z]/g, '')
}
