import { basename, dirname, join } from 'node:path'
import type { LabOptions } from '../../electron/lab/index.ts'
import { chooseOpening } from '../setup/open.mjs'
import type { LabWishes } from '../setup/arguments.mjs'
import type { LabDisplay } from './display.ts'

export interface LabSurroundings {
  readonly repository: string
  /** The folder through whose socket the page comes out of the lab. */
  readonly meeting: string
  /** Electron's program, where it is there. */
  readonly electron: string | undefined
  /** The person's display, where a program in the lab can use it. */
  readonly display: LabDisplay | undefined
  readonly env: NodeJS.ProcessEnv
  /** Names in the repository that the app is made of. */
  readonly parts: readonly string[]
}

/** What `npm run lab` starts in a lab, and the lab for it. The app opens as by npm start: in Electron where that can be. */
export function planLab(wishes: LabWishes, around: LabSurroundings): { command: string[]; options: LabOptions } {
  const { repository, meeting, display, env } = around
  const browser = wishes.browser || wishes['no-open'] || wishes.hold
  const wanted = { browser, display: display !== undefined, electron: around.electron, chromium: undefined }
  const electron = chooseOpening(wanted) === 'electron' ? around.electron : undefined
  const given = electron === undefined ? undefined : join('/run/lab/electron', basename(electron))
  const language = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || 'C.UTF-8'
  const words = [...(wishes.hold ? ['--hold'] : []), ...(given === undefined ? [] : ['--electron', given])]
  return {
    command: [process.execPath, '--import', 'tsx', 'scripts/lab/inside.ts', meeting, ...words],
    options: {
      cwd: repository,
      keep: given === undefined ? [] : (display?.keep ?? []),
      write: [meeting],
      kvm: wishes.kvm,
      payload: {
        ...Object.fromEntries(around.parts.map((name) => [`/run/lab/app/${name}`, join(repository, name)])),
        ...(given === undefined ? {} : display?.payload),
      },
      share: electron === undefined ? {} : { '/run/lab/electron': dirname(electron) },
      env: { VIVERO_LAB_LANGUAGE: language, ...(given === undefined ? {} : display?.env) },
      stdin: 'ignore',
      stdout: 'pipe',
    },
  }
}
