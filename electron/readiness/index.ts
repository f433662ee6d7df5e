export { checkReadiness, installLine, isInstalled, type ReadinessItem } from './check.ts'
export { prerequisites, type PackageManager, type Prerequisite } from './prerequisites.ts'
export { mayAsk, rightsOn, type Rights } from './rights.ts'
