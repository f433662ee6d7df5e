/**
 * Writes a cpio archive of the kind the Linux kernel unpacks at start ("newc",
 * https://docs.kernel.org/driver-api/early-userspace/buffer-format.html). By hand, since device nodes can then be
 * in it without being root and without the program cpio.
 */
export type CpioEntry =
  | { kind: 'folder'; name: string }
  | { kind: 'file'; name: string; data: Buffer; executable?: boolean }
  | { kind: 'link'; name: string; target: string }
  | { kind: 'device'; name: string; major: number; minor: number }

const modeOf = (entry: CpioEntry): number => {
  switch (entry.kind) {
    case 'folder':
      return 0o040755
    case 'file':
      return entry.executable === true ? 0o100755 : 0o100644
    case 'link':
      return 0o120777
    case 'device':
      return 0o020600
  }
}

const contentOf = (entry: CpioEntry): Buffer => {
  if (entry.kind === 'file') return entry.data
  return entry.kind === 'link' ? Buffer.from(entry.target) : Buffer.alloc(0)
}

const padded = (bytes: Buffer): Buffer => Buffer.concat([bytes, Buffer.alloc((4 - (bytes.length % 4)) % 4)])

const member = (entry: CpioEntry, inode: number): Buffer => {
  const content = contentOf(entry)
  const name = Buffer.from(`${entry.name}\0`)
  const device = entry.kind === 'device' ? [entry.major, entry.minor] : [0, 0]
  const links = entry.kind === 'folder' ? 2 : 1
  const fields = [inode, modeOf(entry), 0, 0, links, 0, content.length, 0, 0, ...device, name.length, 0]
  const header = `070701${fields.map((field) => field.toString(16).padStart(8, '0')).join('')}`
  return Buffer.concat([padded(Buffer.concat([Buffer.from(header), name])), padded(content)])
}

/** The archive of these entries; a folder must come before what lies in it. */
export const cpioArchive = (entries: readonly CpioEntry[]): Buffer =>
  Buffer.concat([
    ...entries.map((entry, index) => member(entry, index + 1)),
    member({ kind: 'file', name: 'TRAILER!!!', data: Buffer.alloc(0) }, 0),
  ])
