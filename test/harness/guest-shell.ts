import type { SerialPort } from './serial.ts'

export interface GuestShell {
  /** Types a command on the guest's serial console, waits for its end and returns what it wrote; throws where it fails. */
  run(command: string, limit?: number): Promise<string>
  /** The same, whatever its exit status. */
  try(command: string, limit?: number): Promise<{ readonly code: number; readonly text: string }>
}

/** The root shell that the small guest has on its serial port. */
export function guestShell(port: SerialPort): GuestShell {
  let count = 0
  const attempt: GuestShell['try'] = async (command, limit = 20_000) => {
    const number = ++count
    port.clear()
    // The marks are torn apart in what is typed: the shell's echo of it is no output.
    port.type(`echo be""gin${number}; ${command}; echo e""nd${number} $?`)
    const mark = new RegExp(`begin${number}\\r?\\n([^]*?)end${number} (\\d+)`)
    const [, text = '', code = ''] = await port.expectText(mark, limit)
    return { code: Number(code), text: text.replaceAll('\r', '').trim() }
  }
  return {
    try: attempt,
    run: async (command, limit) => {
      const { code, text } = await attempt(command, limit)
      if (code !== 0) throw new Error(`in the guest, ${command}: ${text}`)
      return text
    },
  }
}
