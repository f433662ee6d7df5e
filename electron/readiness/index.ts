export { checkReadiness, installLine, isInstalled, type ReadinessItem } from './check.ts'
export { prerequisites, type PackageManager, type Prerequisite } from './prerequisites.ts'
export { askForPassword, mayAsk, rightsOn, type PasswordOutcome, type Rights } from './rights.ts'
