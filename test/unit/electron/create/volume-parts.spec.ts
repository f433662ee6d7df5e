import { mkdtempSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { basename, join } from 'node:path'
import { afterEach, beforeEach, expect, it } from 'vitest'
import { partPath, sweepParts } from '../../../../electron/create/volume-parts.ts'

let folder: string | undefined
beforeEach(() => {
  folder = mkdtempSync(join(tmpdir(), 'parts-'))
})
afterEach(() => {
  if (folder !== undefined) rmSync(folder, { recursive: true })
})

it('what a dead app left half copied in a pool goes; a living one’s, and what only looks alike, stays', async () => {
  const place = folder ?? '/nowhere'
  const living = await partPath(place)
  const names = ['.vivero-999999999@1-0123456789ab.part', '.vivero-1@1-0123456789ab.part', '.vivero-x.part', '.part', 'vivero-1@1-0123456789ab.part']
  for (const name of [basename(living), ...names]) writeFileSync(join(place, name), 'half')
  await sweepParts(place)
  expect(readdirSync(place).toSorted()).toEqual([basename(living), ...names.slice(2)].toSorted())
  await sweepParts(join(place, 'none'))
})
