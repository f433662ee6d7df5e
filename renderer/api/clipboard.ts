import { call } from './client.ts'

/** Electron keeps the clipboard from the page: there the host reads and writes it. Set from app.info. */
let byHost = false

export function clipboardByHost(yes: boolean): void {
  byHost = yes
}

/** Text of the clipboard, read at a person's click. Throws where the browser does not allow it. */
export async function readClipboard(): Promise<string> {
  if (byHost) return (await call('desktop.read-clipboard', {})).text
  return navigator.clipboard.readText()
}

/** Puts text into the clipboard, at a person's click. */
export async function writeClipboard(text: string): Promise<void> {
  if (byHost) {
    await call('desktop.write-clipboard', { text })
    return
  }
  await navigator.clipboard.writeText(text)
}
