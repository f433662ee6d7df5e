import { mkdir, mkdtemp, readFile, rm, stat, writeFile } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'

const electron = vi.hoisted(() => ({
  clipboard: { readText: vi.fn(() => 'copied'), writeText: vi.fn() },
  dialog: { showOpenDialog: vi.fn(), showSaveDialog: vi.fn() },
  shell: { openPath: vi.fn(() => Promise.resolve('')), showItemInFolder: vi.fn() },
}))
vi.mock('electron', () => electron)

const { electronDesktop } = await import('../../../../electron/app/desktop.ts')
const { wordsIn } = await import('../../../../electron/app/words.ts')
type Options = Parameters<typeof electronDesktop>[0]

let focused = true
const window = { isFocused: () => focused }
const desktop = electronDesktop({
  window: () => window as unknown as ReturnType<Options['window']>,
  words: () => wordsIn('es'),
})

let folder = '/nonexistent'
beforeEach(async () => {
  vi.clearAllMocks()
  focused = true
  folder = await mkdtemp(join(tmpdir(), 'vivero-desktop-'))
})
afterEach(() => rm(folder, { recursive: true, force: true }))

it('says that it has dialogs and a clipboard', () => {
  expect(desktop).toMatchObject({ nativeDialogs: true, clipboard: true })
})

describe('picking a file', () => {
  const pick = (filePaths: readonly string[], canceled = false): void => {
    electron.dialog.showOpenDialog.mockResolvedValue({ canceled, filePaths })
  }
  const options = (): Record<string, unknown> =>
    electron.dialog.showOpenDialog.mock.calls[0]?.[1] as Record<string, unknown>

  it('asks for a disk image or an ISO over the window, in the language of the settings', async () => {
    pick(['/home/a/Imágenes/b c.qcow2'])
    expect(await desktop.pickFile({ purpose: 'media', start: '/home/a' })).toBe('/home/a/Imágenes/b c.qcow2')
    expect(electron.dialog.showOpenDialog.mock.calls[0]?.[0]).toBe(window)
    expect(options()).toMatchObject({ title: 'Elegir un archivo', buttonLabel: 'Abrir' })
    expect(options()).toMatchObject({ properties: ['openFile'], defaultPath: '/home/a' })
    const [images, all] = options()['filters'] as { name: string; extensions: string[] }[]
    expect(images?.name).toBe('Imágenes de disco e ISO')
    for (const one of ['iso', 'ISO', 'qcow2', 'img', 'raw', 'vmdk', 'vdi', 'vhdx']) expect(images?.extensions).toContain(one)
    expect(all).toEqual({ name: 'Todos los archivos', extensions: ['*'] })
  })

  it('asks for an ISO alone, and starts where the desktop does', async () => {
    pick(['/a.iso'])
    await desktop.pickFile({ purpose: 'iso', start: null })
    expect(options()).not.toHaveProperty('defaultPath')
    expect(options()['filters']).toMatchObject([{ extensions: ['iso', 'ISO'] }, { extensions: ['*'] }])
  })

  it('asks for a folder, which can be made', async () => {
    pick(['/home/a/vm'])
    expect(await desktop.pickFile({ purpose: 'folder', start: null })).toBe('/home/a/vm')
    expect(options()).toMatchObject({ title: 'Elegir una carpeta', filters: [] })
    expect(options()).toMatchObject({ properties: ['openDirectory', 'createDirectory'] })
  })

  it('gives nothing where the person cancelled, or nothing was chosen', async () => {
    pick(['/a.iso'], true)
    expect(await desktop.pickFile({ purpose: 'iso', start: null })).toBeNull()
    pick([])
    expect(await desktop.pickFile({ purpose: 'iso', start: null })).toBeNull()
  })
})

describe('saving a file', () => {
  it('writes where the person says, for that person alone', async () => {
    const chosen = join(folder, 'captura ñ.png')
    electron.dialog.showSaveDialog.mockResolvedValue({ canceled: false, filePath: chosen })
    expect(await desktop.saveFile('/home/a/debian.png', new Uint8Array([1, 2, 3]))).toBe(chosen)
    expect([...(await readFile(chosen))]).toEqual([1, 2, 3])
    expect((await stat(chosen)).mode & 0o777).toBe(0o600)
    const [over, options] = electron.dialog.showSaveDialog.mock.calls[0] ?? []
    expect(over).toBe(window)
    expect(options).toMatchObject({ title: 'Guardar la captura de pantalla', defaultPath: '/home/a/debian.png' })
    expect(options).toMatchObject({ filters: [{ extensions: ['png'] }] })
    expect(options).toMatchObject({ properties: expect.arrayContaining(['showOverwriteConfirmation']) as unknown })
  })

  it('writes nothing where the person cancelled', async () => {
    electron.dialog.showSaveDialog.mockResolvedValue({ canceled: true, filePath: join(folder, 'x.png') })
    expect(await desktop.saveFile('x.png', new Uint8Array([1]))).toBeNull()
    await expect(stat(join(folder, 'x.png'))).rejects.toMatchObject({ code: 'ENOENT' })
  })
})

describe('opening a folder', () => {
  it('opens a folder, and shows a file in its own', async () => {
    const file = join(folder, '-rf "q".qcow2')
    await writeFile(file, '')
    await desktop.openFolder(file)
    expect(electron.shell.showItemInFolder).toHaveBeenCalledExactlyOnceWith(file)
    expect(electron.shell.openPath).not.toHaveBeenCalled()
    await mkdir(join(folder, 'inner'))
    await desktop.openFolder(join(folder, 'inner'))
    expect(electron.shell.openPath).toHaveBeenCalledExactlyOnceWith(join(folder, 'inner'))
  })

  it('says that a file is missing, and what the desktop says', async () => {
    const path = join(folder, 'none')
    await expect(desktop.openFolder(path)).rejects.toMatchObject({ code: 'file-missing', params: { path } })
    expect(electron.shell.showItemInFolder).not.toHaveBeenCalled()
    electron.shell.openPath.mockResolvedValueOnce('no application')
    await expect(desktop.openFolder(folder)).rejects.toMatchObject({ code: 'unsupported', detail: 'no application' })
  })
})

describe('the clipboard', () => {
  it('is read and written while the window is in front', async () => {
    expect(await desktop.readClipboard()).toBe('copied')
    await desktop.writeClipboard('text')
    expect(electron.clipboard.writeText).toHaveBeenCalledExactlyOnceWith('text')
  })

  it('is left alone while another window is in front', async () => {
    focused = false
    await expect(desktop.readClipboard()).rejects.toMatchObject({ code: 'permission-denied' })
    await expect(desktop.writeClipboard('text')).rejects.toMatchObject({ code: 'permission-denied' })
    expect(electron.clipboard.readText).not.toHaveBeenCalled()
    expect(electron.clipboard.writeText).not.toHaveBeenCalled()
  })
})
