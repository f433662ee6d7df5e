/** The person's preferences. */
export { SettingsPage } from './SettingsPage.tsx'
