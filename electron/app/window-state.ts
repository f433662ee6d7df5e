/** Size and place of the window, remembered from one run to the next. */
import { mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs'
import { dirname } from 'node:path'
import { z } from 'zod'

const schema = z.object({
  x: z.int().optional(),
  y: z.int().optional(),
  width: z.int().min(1),
  height: z.int().min(1),
  maximized: z.boolean().default(false),
})

/** In pixels of the desktop; without x and y the window goes where the desktop puts it. */
export type WindowState = Readonly<z.infer<typeof schema>>

/** A screen without its panels, in pixels of the desktop. */
export interface Area {
  readonly x: number
  readonly y: number
  readonly width: number
  readonly height: number
}

export const smallest = { width: 640, height: 480 }
const first: WindowState = { width: 1280, height: 800, maximized: false }

/** What was remembered; a file that is missing or broken means the first size. */
export function readWindowState(path: string): WindowState {
  try {
    return schema.parse(JSON.parse(readFileSync(path, 'utf8')))
  } catch {
    return first
  }
}

/** Written whole or not at all; where that is not possible, the next start has the old size. */
export function saveWindowState(path: string, state: WindowState): void {
  try {
    mkdirSync(dirname(path), { recursive: true, mode: 0o700 })
    writeFileSync(`${path}.new`, `${JSON.stringify(state)}\n`, { mode: 0o600 })
    renameSync(`${path}.new`, path)
  } catch {
    // not worth a word: the window is closing
  }
}

/** Fits a remembered window onto the screens that are there now: never larger than one, never where nobody sees it. */
export function fitOnto(state: WindowState, screens: readonly Area[]): WindowState {
  const home = screens.find((screen) => sees(screen, state)) ?? screens[0]
  if (!home) return state
  const width = Math.max(smallest.width, Math.min(state.width, home.width))
  const height = Math.max(smallest.height, Math.min(state.height, home.height))
  if (state.x === undefined || state.y === undefined || !sees(home, state)) return { width, height, maximized: state.maximized }
  return {
    x: Math.max(home.x, Math.min(state.x, home.x + home.width - width)),
    y: Math.max(home.y, Math.min(state.y, home.y + home.height - height)),
    width,
    height,
    maximized: state.maximized,
  }
}

/** The window's title, where one would grip it, is on the screen. */
function sees(screen: Area, { x, y, width }: WindowState): boolean {
  if (x === undefined || y === undefined) return false
  const middle = x + width / 2
  return middle >= screen.x && middle < screen.x + screen.width && y >= screen.y && y < screen.y + screen.height
}
