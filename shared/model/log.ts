/** What QEMU said about a machine. */
export interface MachineLog {
  readonly path: string
  /** The end of the file, whole lines. */
  readonly text: string
  /** Of the whole file. */
  readonly sizeBytes: number
  /** Nothing is left out. */
  readonly complete: boolean
}
