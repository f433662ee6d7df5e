/** Every request of the contract with its handler; a missing one is a compile error. */
import type { Handlers } from '../context.ts'
import { appHandlers } from './app.ts'
import { cardHandlers } from './card.ts'
import { catalogueHandlers } from './catalogue.ts'
import { commandHandlers } from './command.ts'
import { connectionHandlers } from './connection.ts'
import { consoleHandlers } from './console.ts'
import { creationHandlers } from './creation.ts'
import { desktopHandlers } from './desktop.ts'
import { domainHandlers } from './domain.ts'
import { fileHandlers } from './file.ts'
import { jobHandlers } from './job.ts'
import { libraryHandlers } from './library.ts'
import { machineEditHandlers } from './machine-edit.ts'
import { networkHandlers } from './network.ts'
import { poolHandlers } from './pool.ts'
import { volumeHandlers } from './volume.ts'
import { settingsHandlers } from './settings.ts'

export const handlers: Handlers = {
  ...appHandlers,
  ...settingsHandlers,
  ...jobHandlers,
  ...commandHandlers,
  ...fileHandlers,
  ...desktopHandlers,
  ...connectionHandlers,
  ...domainHandlers,
  ...cardHandlers,
  ...machineEditHandlers,
  ...networkHandlers,
  ...poolHandlers,
  ...volumeHandlers,
  ...creationHandlers,
  ...catalogueHandlers,
  ...libraryHandlers,
  ...consoleHandlers,
}
