/** The commands that changed something, folded at the bottom until asked for. */
export { CommandsBar } from './CommandsBar.tsx'
