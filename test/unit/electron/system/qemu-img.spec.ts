import { randomBytes } from 'node:crypto'
import { mkdtemp, rm, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { run } from '../../../../electron/system/exec.ts'
import { convertImageWords, createImageWords, imageInfo, readPercent, resizeImageWords } from '../../../../electron/system/qemu-img.ts'

let folder: string | undefined
const place = (name: string): string => join(folder ?? '/nonexistent', name)
const make = async ([program = '', ...words]: readonly string[]): Promise<void> => {
  const { exitCode, stderr } = await run(program, words)
  expect([exitCode, stderr]).toEqual([0, ''])
}

beforeAll(async () => {
  folder = await mkdtemp(join(tmpdir(), 'vivero-images-'))
})
afterAll(async () => {
  if (folder !== undefined) await rm(folder, { recursive: true })
})

describe('what qemu-img -p prints', () => {
  it.each([
    ['    (0.00/100%)\r', 0],
    ['    (1.56/100%)\r    (3.12/100%)\r', 3.12],
    ['    (100/100%)\r\n', 100],
    ['    (12.', null],
    ['', null],
  ])('%j is %s', (text, percent) => {
    expect(readPercent(text)).toBe(percent)
  })
})

describe('an image', () => {
  it('is made, read and grown, whatever its name', async () => {
    const path = place(" -a,b=c:d 'ñ'\n.qcow2")
    await make(createImageWords(path, 3 * 1024 ** 2))
    expect(await imageInfo(path)).toMatchObject({ format: 'qcow2', virtualSizeBytes: 3 * 1024 ** 2, backingPath: null, dataFile: null })
    expect((await imageInfo(path)).actualSizeBytes).toBeGreaterThan(0)
    await make(resizeImageWords(path, 5 * 1024 ** 2))
    expect((await imageInfo(path)).virtualSizeBytes).toBe(5 * 1024 ** 2)
  })

  it('that is an overlay names its base, absolute, and a copy of it stands alone', async () => {
    await writeFile(place('base.raw'), randomBytes(1024 ** 2))
    await make(convertImageWords({ from: place('base.raw'), fromFormat: 'raw', to: place('base.qcow2'), toFormat: 'qcow2', inUse: false }))
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-b', 'base.qcow2', '-F', 'qcow2', place('over.qcow2')])
    expect(await imageInfo(place('over.qcow2'))).toMatchObject({ backingPath: place('base.qcow2') })
    const [program = '', ...words] = convertImageWords({ from: place('over.qcow2'), fromFormat: 'qcow2', to: place('copy.qcow2'), toFormat: 'qcow2', inUse: true })
    const printed = (await run(program, words)).stdout
    expect(readPercent(printed)).toBe(100)
    expect(await imageInfo(place('copy.qcow2'))).toMatchObject({ format: 'qcow2', backingPath: null, virtualSizeBytes: 1024 ** 2 })
  })

  it('whose data lie elsewhere says where', async () => {
    await run('qemu-img', ['create', '-q', '-f', 'qcow2', '-o', `data_file=${place('data.raw')}`, place('meta.qcow2'), '1M'])
    expect((await imageInfo(place('meta.qcow2'))).dataFile).toBe(place('data.raw'))
  })

  it('that is none is refused with qemu-img’s own words', async () => {
    await writeFile(place('broken.qcow2'), Buffer.concat([Buffer.from('QFI\xfb\0\0\0\x03', 'latin1'), Buffer.alloc(200, 0xff)]))
    await expect(imageInfo(place('broken.qcow2'))).rejects.toMatchObject({ code: 'file-wrong-kind', params: { path: place('broken.qcow2') }, detail: expect.stringContaining('qemu-img') })
    await expect(imageInfo(place('gone'))).rejects.toMatchObject({ code: 'file-wrong-kind' })
  })
})
