/** What a network card is plugged into: shared by a machine's cards and the sheet of a new machine. */
export { MacvtapNote } from './MacvtapNote.tsx'
export { SourceOption } from './SourceOption.tsx'
export { entryText, obstacleText } from './words.ts'
