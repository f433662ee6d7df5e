/** Short form of test/soak/boot.spec.ts. */
import { afterEach, expect, test } from 'vitest'
import { bootable, bus, listen, started } from './booting.ts'
import { clear, images, media, openBench, virsh } from './support.ts'

afterEach(clear)

test('the firmware of a machine for Windows 10 starts its disk image', async () => {
  clear()
  const word = `started-${Math.random().toString(36).slice(2, 10)}`
  const name = await started(await openBench(), bootable(`${media}/record.qcow2`, word), 'http://microsoft.com/win/10')
  expect(bus(name)).toBe('sata')
  await listen(name, new RegExp(word))
  expect(virsh('domblklist', name)).toContain(images)
})
