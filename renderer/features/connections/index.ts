/** Connections in the sidebar, their dialogs, and what they are called. */
export { AddConnectionDialog } from './AddConnectionDialog.tsx'
export { RemoveConnectionDialog } from './RemoveConnectionDialog.tsx'
export { ConnectionSection } from './ConnectionSection.tsx'
export { SidebarEntry } from './ConnectionPages.tsx'
export { runConnectionAction, whyNotConnection, type ConnectionAction } from './actions.ts'
export {
  isListing,
  preferredConnection,
  startConnection,
  useConnectionName,
  usePreferredConnection,
} from './use-connections.ts'
export { connectionName, connectionStateText, connectionTone } from './words.ts'
