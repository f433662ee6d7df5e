import { libraryImages, removeImages } from '../../images/library/index.ts'
import type { Target } from '../../libvirt/target.ts'
import { libraryFolder } from '../../system/paths.ts'
import type { HandlerContext, HandlersOf } from '../context.ts'

/** Every open connection may have machines that stand on an image. */
const targets = (context: HandlerContext): Target[] =>
  context.connections.all().flatMap((live) => (live.view.state === 'connected' ? [live.target] : []))

export const libraryHandlers: HandlersOf<'library.list' | 'library.remove'> = {
  'library.list': async (_input, context) => ({ folder: libraryFolder(), images: await libraryImages(targets(context)) }),
  'library.remove': ({ paths }, context) => removeImages(targets(context), paths),
}
