/** Storage pools of a connection and their volumes. */
export { StoragePage } from './StoragePage.tsx'
export { AddVolumeDialog } from './AddVolumeDialog.tsx'
export { DeletePoolDialog } from './DeletePoolDialog.tsx'
export { NewPoolDialog } from './NewPoolDialog.tsx'
export { PoolXmlDialog } from './PoolXmlDialog.tsx'
