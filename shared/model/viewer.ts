/** A program of the person's that shows a machine's display in a window of its own. */
export interface ViewerOffer {
  /** What is installed, or null. */
  readonly program: 'virt-viewer' | 'remote-viewer' | null
  /** The line that opens it, for a shell. */
  readonly command: string
  /** What to install where there is none. */
  readonly package: string
}
