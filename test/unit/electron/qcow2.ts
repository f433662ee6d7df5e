/** The header of a qcow2, for tests that need one which names a base. https://gitlab.com/qemu-project/qemu docs/interop/qcow2.txt */
export function makeQcow2(base: string | null, length = base === null ? 0 : Buffer.byteLength(base)): Buffer {
  const header = Buffer.alloc(512)
  header.write('QFI\xfb', 0, 'latin1')
  header.writeUInt32BE(3, 4)
  if (base !== null) {
    header.writeBigUInt64BE(104n, 8)
    header.writeUInt32BE(length, 16)
    header.write(base, 104)
  }
  return header
}
