/** Machines that are made and started: what they say on their serial port. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { serialPort } from '../../harness/index.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { create, propose, root, uri, virsh, type Bench } from './support.ts'

/**
 * A master boot record that writes a word on the serial port with each tick of the clock, so that it does not matter when
 * somebody begins to listen. https://wiki.osdev.org/Serial_Ports
 */
function bootRecord(word: string): Buffer {
  const record = Buffer.alloc(512)
  const code = [
    ...[0xfc, 0x31, 0xc0, 0x8e, 0xd8], // cld; xor ax, ax; mov ds, ax
    ...[0xfb, 0xf4, 0xbe, 0x40, 0x7c], // begin: sti; hlt; mov si, 0x7c40
    ...[0xac, 0x84, 0xc0, 0x74, 0xf6], // next: lodsb; test al, al; jz begin
    ...[0x88, 0xc3, 0xba, 0xfd, 0x03], // mov bl, al; mov dx, 0x3fd
    ...[0xec, 0xa8, 0x20, 0x74, 0xfb], // wait: in al, dx; test al, 0x20; jz wait
    ...[0x88, 0xd8, 0xba, 0xf8, 0x03, 0xee, 0xeb, 0xe9], // mov al, bl; mov dx, 0x3f8; out dx, al; jmp next
  ]
  Buffer.from(code).copy(record)
  record.write(`${word}\r\n`, 0x40, 'latin1')
  record.writeUInt16LE(0xaa55, 510)
  return record
}

/** A disk image whose boot record says the word. */
export function bootable(path: string, word: string): string {
  const raw = Buffer.alloc(1024 ** 2)
  bootRecord(word).copy(raw)
  writeFileSync(`${path}.raw`, raw)
  execFileSync('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', `${path}.raw`, path])
  return path
}

/** Makes and starts a machine of an image; answers its name. */
export async function started(bench: Bench, path: string, osId: string | null, change: Partial<MachinePlan> = {}): Promise<string> {
  const { plan } = await propose(bench, path, { memoryKiB: 192 * 1024, network: { kind: 'user' }, ...change }, osId)
  await create(bench, plan)
  return plan.name
}

/** The bus of its first disk. */
export const bus = (name: string): string => / bus=['"](\w+)['"]/.exec(virsh('dumpxml', name))?.[1] ?? ''
/** Waits until it has said all of them. */
export const listen = async (name: string, ...words: readonly RegExp[]): Promise<void> => {
  const port = await serialPort(root, name, uri)
  for (const word of words) await port.expectText(word, 90_000)
  port.close()
}
