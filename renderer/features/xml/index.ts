export { XmlDialog } from './XmlDialog.tsx'
