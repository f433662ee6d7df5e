export { domainGet, domainUuidOf, domainXml } from './get.ts'
export { domainList, domainsByUuid, domainSummary, domainUuids } from './list.ts'
export {
  domainDestroy, domainDiscardSave, domainReboot, domainReset, domainResume, domainShutdown, domainStart, domainSuspend, domainWakeUp,
} from './lifecycle.ts'
export { domainSave } from './save.ts'
export { defineArguments, domainDefine, domainUndefine } from './define.ts'
export { domainEdit, type DomainEdit } from './edit.ts'
export { domainChangeMedia } from './media.ts'
export { domainScreenshot, domainSendKeys } from './screen.ts'
export { buildDomain, type DomainSpec } from './build.ts'
export { readConfig, readNvram } from './read.ts'
export { buildMetadata, readCreatedFiles, readOsId, VIVERO_NAMESPACE } from './metadata.ts'
