export function chooseOpening(machine: {
  readonly browser: boolean
  readonly display: boolean
  readonly electron: string | undefined
  readonly chromium: string | undefined
}): 'electron' | 'window' | 'browser' | 'address'
export function openApp(repository: string, wishes: { readonly browser: boolean }): Promise<number>
interface ShownHost {
  readonly address: string
  readonly stillRunning: boolean
  /** Prints the address with its token, alone on a line. */
  printAddress(): void
  /** Work for after the host's end. */
  onEnd(work: () => void | Promise<void>): void
}
export function showPage(host: ShownHost, wishes: { readonly browser: boolean }): Promise<void>
