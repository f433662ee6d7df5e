export { labAvailability, type LabAvailability } from './availability.ts'
export { labRootHome } from './environment.ts'
export { LabError, labUsers, runInLab, startLab, type Lab, type LabOptions, type LabUser } from './lab.ts'
