/** Storage pools of a connection and their volumes. */
export { StoragePage } from './StoragePage.tsx'
export { PoolXmlDialog } from './PoolXmlDialog.tsx'
