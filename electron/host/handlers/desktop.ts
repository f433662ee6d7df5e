import { expandPath } from '../../system/paths.ts'
import type { HandlersOf } from '../context.ts'

export const desktopHandlers: HandlersOf<
  'desktop.pick-file' | 'desktop.open-folder' | 'desktop.read-clipboard' | 'desktop.write-clipboard'
> = {
  'desktop.pick-file': async ({ purpose, start }, context) => ({
    path: await context.desktop.pickFile({ purpose, start: start === null ? null : expandPath(start) }),
  }),
  'desktop.open-folder': ({ path }, context) => context.desktop.openFolder(expandPath(path)),
  'desktop.read-clipboard': async (_input, context) => ({ text: await context.desktop.readClipboard() }),
  'desktop.write-clipboard': ({ text }, context) => context.desktop.writeClipboard(text),
}
