import { fetchable } from '../../images/downloads/index.ts'
import { expandPath } from '../../system/paths.ts'
import type { HandlersOf } from '../context.ts'

export const desktopHandlers: HandlersOf<
  'desktop.pick-file' | 'desktop.open-folder' | 'desktop.open-address' | 'desktop.read-clipboard' | 'desktop.write-clipboard'
> = {
  'desktop.pick-file': async ({ purpose, start }, context) => ({
    path: await context.desktop.pickFile({ purpose, start: start === null ? null : expandPath(start) }),
  }),
  'desktop.open-folder': ({ path }, context) => context.desktop.openFolder(expandPath(path)),
  'desktop.open-address': async ({ address }, context) => context.desktop.openAddress(fetchable(address).href),
  'desktop.read-clipboard': async (_input, context) => ({ text: await context.desktop.readClipboard() }),
  'desktop.write-clipboard': ({ text }, context) => context.desktop.writeClipboard(text),
}
