/** What is made for each family of systems starts, on the chipset and bus that it gets. */
import { execFileSync } from 'node:child_process'
import { writeFileSync } from 'node:fs'
import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { ensureGuest } from '../guest/index.ts'
import { bootable, bus, listen, started } from '../integration/create/booting.ts'
import { clear, images, media, openBench, virsh, type Bench } from '../integration/create/support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterEach(clear)

describe('what is made starts', () => {
  // each of these gets another chipset and disk bus
  test.each([
    ['unknown', null, 'virtio'],
    ['Windows 10', 'http://microsoft.com/win/10', 'sata'],
    ['Windows XP', 'http://microsoft.com/win/xp', 'ide'],
  ])('the firmware of a machine for %s starts its disk image', async (_name, osId, wanted) => {
    const word = `started-${Math.random().toString(36).slice(2, 10)}`
    const name = await started(bench, bootable(`${media}/record.qcow2`, word), osId)
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
    const name = await started(bench, disk, 'http://microsoft.com/win/10')
    await listen(name, new RegExp(`disk word: ${word}`), /vivero-guest address: eth0 10\.0\.2\.15/)
  })
})
