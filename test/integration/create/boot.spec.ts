import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureGuest } from '../../guest/index.ts'
import { serialPort } from '../../harness/index.ts'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import { clear, create, images, media, openBench, propose, root, uri, virsh, type Bench } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterEach(clear)

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

function bootable(path: string, word: string): string {
  const raw = Buffer.alloc(1024 ** 2)
  bootRecord(word).copy(raw)
  writeFileSync(`${path}.raw`, raw)
  execFileSync('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', `${path}.raw`, path])
  return path
}

async function started(path: string, osId: string | null, change: Partial<MachinePlan> = {}): Promise<string> {
  const { plan } = await propose(bench, path, { memoryKiB: 192 * 1024, network: { kind: 'user' }, ...change }, osId)
  await create(bench, plan)
  return plan.name
}

const bus = (name: string): string => / bus=['"](\w+)['"]/.exec(virsh('dumpxml', name))?.[1] ?? ''
const listen = async (name: string, ...words: readonly RegExp[]): Promise<void> => {
  const port = await serialPort(root, name, uri)
  for (const word of words) await port.expectText(word, 90_000)
  port.close()
}

describe('what is made starts', () => {
  // each of these gets another chipset and disk bus
  test.each([
    ['unknown', null, 'virtio'],
    ['Windows 10', 'http://microsoft.com/win/10', 'sata'],
    ['Windows XP', 'http://microsoft.com/win/xp', 'ide'],
  ])('the firmware of a machine for %s starts its disk image', async (_name, osId, wanted) => {
    const word = `started-${Math.random().toString(36).slice(2, 10)}`
    const name = await started(bootable(`${media}/record.qcow2`, word), osId)
    expect(bus(name)).toBe(wanted)
    await listen(name, new RegExp(word))
    expect(virsh('domblklist', name)).toContain(images)
  })

  test('a system with drivers for what Windows 10 has finds its disk and its card there', async () => {
    const word = `w${Math.random().toString(36).slice(2, 10)}`
    const disk = `${media}/guest.qcow2`
    execFileSync('qemu-img', ['convert', '-f', 'qcow2', '-O', 'raw', (await ensureGuest()).fullDisk, `${media}/guest.raw`])
    writeFileSync(`${media}/word.txt`, word)
    execFileSync('mcopy', ['-i', `${media}/guest.raw@@1M`, `${media}/word.txt`, '::/word.txt'])
    execFileSync('qemu-img', ['convert', '-f', 'raw', '-O', 'qcow2', `${media}/guest.raw`, disk])
    const name = await started(disk, 'http://microsoft.com/win/10')
    await listen(name, new RegExp(`disk word: ${word}`), /vivero-guest address: eth0 10\.0\.2\.15/)
  })
})
