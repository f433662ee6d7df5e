import { clipboard, dialog, shell, type BrowserWindow, type FileFilter } from 'electron'
import { stat, writeFile } from 'node:fs/promises'
import { AppError } from '../../shared/model/error.ts'
import { fileFailure } from '../../shared/model/file-failure.ts'
import type { Desktop, PickOptions } from '../host/desktop.ts'
import type { Words } from './words.ts'

export interface DesktopOptions {
  window(): BrowserWindow
  words(): Words
}

/** Native dialogs, file manager, browser and clipboard. */
export function electronDesktop({ window, words }: DesktopOptions): Desktop {
  return {
    nativeDialogs: true,
    clipboard: true,
    pickFile: async ({ purpose, start }) => {
      const t = words()
      const { canceled, filePaths } = await dialog.showOpenDialog(window(), {
        title: t(purpose === 'folder' ? 'common:filePicker.chooseFolder' : 'common:filePicker.chooseFile'),
        buttonLabel: t('common:open'),
        properties: purpose === 'folder' ? ['openDirectory', 'createDirectory'] : ['openFile'],
        filters: filtersFor(purpose, t),
        ...(start === null ? {} : { defaultPath: start }),
      })
      return canceled ? null : (filePaths[0] ?? null)
    },
    saveFile: async (suggested, bytes) => {
      const t = words()
      const { canceled, filePath } = await dialog.showSaveDialog(window(), {
        title: t('app:native.saveScreenshot'),
        defaultPath: suggested,
        filters: [{ name: t('app:native.pictures'), extensions: ['png'] }],
        properties: ['createDirectory', 'showOverwriteConfirmation'],
      })
      if (canceled || !filePath) return null
      await writeFile(filePath, bytes, { mode: 0o600 }).catch((problem: unknown) => Promise.reject(fileFailure(problem, filePath)))
      return filePath
    },
    openFolder: async (path) => {
      const info = await stat(path).catch(() => null)
      if (!info) throw new AppError('file-missing', { path })
      if (!info.isDirectory()) return shell.showItemInFolder(path)
      const problem = await shell.openPath(path)
      if (problem) throw new AppError('unsupported', { what: 'open-folder', path }, problem)
    },
    openAddress: (address) => shell.openExternal(address),
    readClipboard: async () => {
      inFront(window())
      return clipboard.readText()
    },
    writeClipboard: async (text) => {
      inFront(window())
      clipboard.writeText(text)
    },
  }
}

/** The clipboard is for a person's click, and so for a window that has the focus. */
function inFront(window: BrowserWindow): void {
  if (!window.isFocused()) throw new AppError('permission-denied', {}, 'the window is not in front')
}

function filtersFor(purpose: PickOptions['purpose'], t: Words): FileFilter[] {
  if (purpose === 'folder') return []
  const all = { name: t('common:filePicker.allFiles'), extensions: ['*'] }
  // GTK's filters know the difference between upper and lower case.
  const isos = ['iso', 'ISO']
  if (purpose === 'text') return [all]
  if (purpose === 'iso') return [{ name: t('app:native.isos'), extensions: isos }, all]
  return [{ name: t('app:native.images'), extensions: [...isos, 'qcow2', 'img', 'raw', 'vmdk', 'vdi', 'vhd', 'vhdx'] }, all]
}
