import { beforeEach, describe, expect, it } from 'vitest'
import { suits } from '../../../../renderer/ui/file-filter.ts'
import { onPendingPick, pendingPick, pickFile } from '../../../../renderer/ui/pick-file.ts'
import { provideUiServices, type UiServices } from '../../../../renderer/ui/services.ts'

/** What picking a file needs of them. */
function services(native: boolean, asked: unknown[] = []): UiServices {
  const given: Pick<UiServices, 'nativeDialogs' | 'pickNative' | 'startFolder'> = {
    nativeDialogs: () => native,
    pickNative: (purpose, start) => {
      asked.push([purpose, start])
      return Promise.resolve('/native.iso')
    },
    startFolder: () => '/home/alumna',
  }
  return given as UiServices
}

describe('a file browser', () => {
  it.each([
    ['debian.iso', 'iso', true],
    ['DEBIAN.ISO', 'media', true],
    ['disk.qcow2', 'media', true],
    ['disk.qcow2', 'iso', false],
    ['notes.txt', 'media', false],
    ['iso', 'iso', true],
    ['debian.iso', 'folder', false],
  ] as const)('lists %s for %s: %s', (name, purpose, listed) => {
    expect(suits({ name, kind: 'file' }, purpose)).toBe(listed)
  })

  it('always lists folders', () => {
    for (const purpose of ['iso', 'media', 'folder'] as const)
      expect(suits({ name: 'x.txt', kind: 'folder' }, purpose)).toBe(true)
  })
})

describe('picking a file', () => {
  beforeEach(() => provideUiServices(services(false)))

  it("is left to the desktop's dialog where there is one", async () => {
    const asked: unknown[] = []
    provideUiServices(services(true, asked))
    expect(await pickFile({ purpose: 'iso', start: '/a' })).toBe('/native.iso')
    await pickFile({ purpose: 'media' })
    expect([asked, pendingPick()]).toEqual([
      [
        ['iso', '/a'],
        ['media', null],
      ],
      null,
    ])
  })

  it('opens the own browser where it was said, else in the usual folder, and closes it with the answer', async () => {
    const changes: (string | undefined)[] = []
    const stop = onPendingPick(() => changes.push(pendingPick()?.start))
    const first = pickFile({ purpose: 'iso', start: '/isos' })
    pendingPick()?.resolve('/isos/a.iso')
    const second = pickFile({ purpose: 'folder', start: null })
    pendingPick()?.resolve(null)
    stop()
    expect(await Promise.all([first, second])).toEqual(['/isos/a.iso', null])
    expect(changes).toEqual(['/isos', undefined, '/home/alumna', undefined])
  })

  it('asked for again, takes the first question back', async () => {
    const first = pickFile({ purpose: 'iso' })
    const second = pickFile({ purpose: 'media' })
    expect(await first).toBeNull()
    expect(pendingPick()?.purpose).toBe('media')
    pendingPick()?.resolve('/b')
    expect(await second).toBe('/b')
  })
})
