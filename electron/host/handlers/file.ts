import type { HandlersOf } from '../context.ts'
import { listFolder } from '../file-browser.ts'

export const fileHandlers: HandlersOf<'file.list'> = {
  'file.list': ({ path, hidden }) => listFolder(path, hidden),
}
