import type { Page } from 'playwright'
import type { Subject } from '../../renderer/app/registry.ts'
import type { HostClient } from './host-client.ts'

/** A running app with a page in it. */
export interface Shown {
  readonly url: string
  readonly origin: string
  readonly page: Page
  readonly host: HostClient
  readonly subject: Subject
}
