import { existsSync, mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { libraryFolder } from '../../../../electron/system/paths.ts'
import { removeImages } from '../../../../electron/images/library/index.ts'
import { workWith } from '../../../../electron/system/at-work.ts'

let folder: string | undefined
const before = process.env['XDG_DATA_HOME']
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'library-'))
  process.env['XDG_DATA_HOME'] = folder
  mkdirSync(libraryFolder(), { recursive: true })
})
afterEach(() => {
  if (before === undefined) delete process.env['XDG_DATA_HOME']
  else process.env['XDG_DATA_HOME'] = before
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

it('the library keeps an image that a machine is being made from, and gives it up afterwards', async () => {
  const path = join(libraryFolder(), 'image.img')
  writeFileSync(path, 'image')
  const [one, other] = [workWith(new Set([path]), 'Web'), workWith(new Set([path]), 'Web')]
  one()
  expect(await removeImages([], [path])).toEqual({ removed: [], kept: [{ path, names: ['Web'] }] })
  expect(existsSync(path)).toBe(true)
  other()
  expect(await removeImages([], [path])).toEqual({ removed: [path], kept: [] })
})
