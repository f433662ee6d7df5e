import { afterEach, beforeEach, describe, expect, test } from 'vitest'
import { buildInstallerIso, buildLiveIso, ensureGuest } from '../../guest/index.ts'
import { serialPort } from '../../harness/index.ts'
import { imageInfo } from '../../../electron/system/qemu-img.ts'
import { clear, create, images, media, MiB, openBench, propose, root, uri, virsh, type Bench } from './support.ts'

let bench: Bench
beforeEach(async () => {
  clear()
  bench = await openBench()
})
afterEach(clear)

const network = { kind: 'user' } as const
const word = (): string => `w${Math.random().toString(36).slice(2, 10)}`

async function started(path: string, osId?: string | null): Promise<{ readonly uuid: string; readonly name: string }> {
  const { plan } = await propose(bench, path, { memoryKiB: 192 * 1024, network }, osId)
  return { ...(await create(bench, plan)), name: plan.name }
}

describe('what is made starts', () => {
  // each of these gets another chipset, disk bus and card
  test.each([
    ['unknown', null],
    ['Windows 10', 'http://microsoft.com/win/10'],
    ['Windows XP', 'http://microsoft.com/win/xp'],
  ])('a disk image as a machine for %s', async (_name, osId) => {
    const disk = root.give((await ensureGuest()).disk, `${media}/guest.qcow2`)
    const { name } = await started(disk, osId)
    const port = await serialPort(root, name, uri)
    await port.expectText(/login|#\s|disk word/, 90_000)
    port.close()
  })

  test('S0.10 a live ISO, and its disk stays nearly empty', async () => {
    const said = word()
    await buildLiveIso(said, `${media}/live.iso`)
    const { uuid, name } = await started(`${media}/live.iso`)
    const port = await serialPort(root, name, uri)
    await port.expectText(new RegExp(`live word: ${said}`), 90_000)
    port.close()
    expect(virsh('domstate', uuid).trim()).toBe('running')
    expect((await imageInfo(`${images}/${name}.qcow2`)).actualSizeBytes).toBeLessThan(MiB)
  })

  test('an installer: it writes the disk, and after its reboot the disk starts', async () => {
    const said = word()
    await buildInstallerIso(said, `${media}/installer.iso`)
    const { name } = await started(`${media}/installer.iso`)
    const port = await serialPort(root, name, uri)
    await port.expectText(new RegExp(`disk word: ${said}`), 180_000)
    port.close()
  })
})
