/** Remembered connections and preferences of this person. */
export { openConnections, type ConnectionsStore, type RememberedConnection } from './connections-store.ts'
export { systemLanguage } from './language.ts'
export { openSettings, RECENT_FILES, type SettingsChange, type SettingsStore } from './settings-store.ts'
