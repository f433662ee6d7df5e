import type { RunningApp } from '../../harness/index.ts'
import { openSocketPage, type Page } from '../../contract/page.ts'

/** A page of the app that runs in the lab. */
export function pageOf(app: RunningApp): Promise<Page> {
  const { host, origin } = new URL(app.url)
  return openSocketPage({ origin, socketBase: `ws://${host}`, token: app.token })
}
