import { mkdtemp, readdir, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it } from 'vitest'
import { fitOnto, readWindowState, saveWindowState, smallest } from '../../../../electron/app/window-state.ts'

const left = { x: 0, y: 0, width: 1920, height: 1040 }
const right = { x: 1920, y: 200, width: 1280, height: 1000 }
const place = { x: 100, y: 50, width: 1200, height: 800, maximized: false }

describe('a remembered window', () => {
  it('stays where it was on a screen that is still there', () => {
    expect(fitOnto(place, [left, right])).toEqual(place)
    const second = { ...place, x: 1950, y: 250 }
    expect(fitOnto(second, [left, right])).toEqual(second)
    expect(fitOnto({ ...place, maximized: true }, [left])).toEqual({ ...place, maximized: true })
  })

  it('comes back to the first screen where its own is gone, without a place', () => {
    expect(fitOnto({ ...place, x: 1950, y: 250 }, [left])).toEqual({ width: 1200, height: 800, maximized: false })
    expect(fitOnto({ ...place, y: 5_000 }, [left])).toEqual({ width: 1200, height: 800, maximized: false })
  })

  it('whose title nobody could grip is not left there', () => {
    expect(fitOnto({ ...place, y: -1 }, [left])).toEqual({ width: 1200, height: 800, maximized: false })
    expect(fitOnto({ ...place, x: -601 }, [left])).toEqual({ width: 1200, height: 800, maximized: false })
    expect(fitOnto({ ...place, x: -599 }, [left])).toEqual({ ...place, x: 0 })
  })

  it('is never larger than its screen, and whole on it', () => {
    expect(fitOnto({ ...place, width: 9_000, height: 9_000 }, [{ ...left, width: 9_200 }])).toMatchObject({ x: 100, y: 0, height: 1040 })
    expect(fitOnto({ ...place, x: 2_500, y: 700 }, [left, right])).toEqual({ ...place, x: 2_000, y: 400 })
  })

  it('is never smaller than the app can be used at', () => {
    expect(fitOnto({ width: 1, height: 1, maximized: false }, [left])).toEqual({ ...smallest, maximized: false })
    expect(fitOnto({ width: 9_000, height: 9_000, maximized: false }, [{ ...left, width: 320, height: 200 }])).toEqual({
      ...smallest,
      maximized: false,
    })
  })

  it('keeps its size where no screen is known', () => {
    expect(fitOnto(place, [])).toEqual(place)
  })
})

describe('window.json', () => {
  let folder = '/nonexistent'
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'vivero-window-'))
  })
  afterEach(() => rm(folder, { recursive: true, force: true }))

  it('is read as it was written, for this person alone, and leaves no draft', async () => {
    const path = join(folder, 'deep/er/window.json')
    saveWindowState(path, { ...place, maximized: true })
    expect(readWindowState(path)).toEqual({ ...place, maximized: true })
    expect((await stat(path)).mode & 0o777).toBe(0o600)
    expect(await readdir(join(folder, 'deep/er'))).toEqual(['window.json'])
  })

  it.each(['', '{', 'null', '[]', '{"width":0,"height":800}', '{"width":"1","height":800}', '{"width":1e999,"height":800}'])(
    'that holds %j means the first size',
    async (text) => {
      await writeFile(join(folder, 'window.json'), text)
      expect(readWindowState(join(folder, 'window.json'))).toEqual({ width: 1280, height: 800, maximized: false })
    },
  )

  it('that is missing means the first size, and one that cannot be written is no failure', async () => {
    expect(readWindowState(join(folder, 'none.json'))).toEqual({ width: 1280, height: 800, maximized: false })
    await writeFile(join(folder, 'file'), '')
    expect(() => saveWindowState(join(folder, 'file/window.json'), place)).not.toThrow()
  })
})
