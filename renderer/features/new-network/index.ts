/** Making and editing a virtual network, and what the kinds of networks are. */
export { NewNetworkSheet } from './NewNetworkSheet.tsx'
export { EditNetworkSheet } from './EditNetworkSheet.tsx'
export { NetworkKindsDialog } from './NetworkKindsDialog.tsx'
export { NetworkKindsButton, NewNetworkButton } from './NewNetworkButton.tsx'
export { matrixColumns, reachText } from './words.ts'
