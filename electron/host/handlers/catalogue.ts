import { catalogueSearch } from '../../images/catalogue/search.ts'
import type { HandlersOf } from '../context.ts'

export const catalogueHandlers: HandlersOf<'catalogue.search' | 'download.start'> = {
  'catalogue.search': (query, context) => catalogueSearch(context.settings.get().catalogue, query),
  'download.start': async (wish, context) => ({ job: await context.downloads.start(wish) }),
}
