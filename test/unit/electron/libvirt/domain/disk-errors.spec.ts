import { expect, it } from 'vitest'
import { readDiskErrors } from '../../../../../electron/libvirt/domain/disk-errors.ts'

it('reads the disks that QEMU had errors on', () => {
  expect(readDiskErrors('vda: no space\nsdb: unspecified error\n\n')).toEqual([
    { disk: 'vda', kind: 'no-space' },
    { disk: 'sdb', kind: 'other' },
  ])
})

it('finds none where there is none', () => {
  expect(readDiskErrors('No errors found\n')).toEqual([])
})
