import { readFile } from 'node:fs/promises'
import { basename, join } from 'node:path'
import { gzipSync } from 'node:zlib'
import { cpioArchive, type CpioEntry } from './cpio.ts'
import { run } from './run.ts'

/** Where the machine's own dynamic linker looks for libraries. */
const libraries = 'lib/x86_64-linux-gnu'
const loader = 'ld-linux-x86-64.so.2'

/** Starts the agent once the machine's channel for it has a name; a machine without one does without. */
const starter = `#!/bin/sh
for try in $(seq 30); do
  for port in /sys/class/virtio-ports/*; do
    [ "$(cat "$port/name" 2> /dev/null)" = org.qemu.guest_agent.0 ] || continue
    exec qemu-ga -p "/dev/\${port##*/}" > /run/agent.log 2>&1
  done
  usleep 100000
done
`

/**
 * QEMU's guest agent with the libraries that it is linked with, as an archive that goes behind the system's own.
 * https://www.qemu.org/docs/master/interop/qemu-ga.html
 */
export const buildAgent = async (tree: string): Promise<Buffer> => {
  const program = join(tree, 'usr/sbin/qemu-ga')
  const paths = [join(tree, libraries), join(tree, 'usr', libraries)]
  const list = ['--library-path', paths.join(':'), '--list', program]
  const text = (await run(join(tree, libraries, loader), list)).toString()
  const found = [...text.matchAll(/=> (\/\S+) \(0x/g)].map((match) => match[1] ?? '')
  const strange = found.filter((path) => !path.startsWith(`${tree}/`))
  if (found.length === 0 || strange.length > 0) throw new Error(`The agent's libraries are not all there: ${text}`)
  const files = found.map(async (path): Promise<CpioEntry> => {
    return { kind: 'file', name: `${libraries}/${basename(path)}`, data: await readFile(path), executable: true }
  })
  const entries: CpioEntry[] = [
    ...['lib', libraries, 'lib64'].map((name): CpioEntry => ({ kind: 'folder', name })),
    { kind: 'file', name: `lib64/${loader}`, data: await readFile(join(tree, libraries, loader)), executable: true },
    ...(await Promise.all(files)),
    { kind: 'file', name: 'bin/qemu-ga', data: await readFile(program), executable: true },
    { kind: 'file', name: 'sbin/agent', data: Buffer.from(starter), executable: true },
  ]
  return gzipSync(cpioArchive(entries))
}
