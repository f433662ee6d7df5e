// Opens the person's own browser on the address. The token is not among the arguments of a program, which every user
// of the machine can read: the browser is sent to a private file that leads on.
import { spawn } from 'node:child_process'
import { mkdirSync, rmSync, writeFileSync } from 'node:fs'
import { homedir } from 'node:os'
import { isAbsolute, join } from 'node:path'
import { pathToFileURL } from 'node:url'
import { findProgram, hasDisplay } from './machine.mjs'

function privateFolder() {
  const { XDG_RUNTIME_DIR: runtime, XDG_CACHE_HOME: cache } = process.env
  if (runtime && isAbsolute(runtime)) return join(runtime, 'vivero')
  return join(cache && isAbsolute(cache) ? cache : join(homedir(), '.cache'), 'vivero')
}

/** The page that leads on; the address holds no character that HTML would read otherwise. */
export function leadingPage(address) {
  return `<!doctype html><meta charset="utf-8"><title>Vivero</title><script>location.replace(${JSON.stringify(address)})</script>\n`
}

/** Opens the default browser where there is a display and xdg-open; gives what removes the private file. */
export async function openDefaultBrowser(address) {
  const program = findProgram('xdg-open')
  if (!hasDisplay() || program === undefined) return () => undefined
  const folder = privateFolder()
  const file = join(folder, `open-${process.pid}.html`)
  mkdirSync(folder, { recursive: true, mode: 0o700 })
  writeFileSync(file, leadingPage(address), { mode: 0o600 })
  const child = spawn(program, [pathToFileURL(file).href], { stdio: 'ignore', detached: true })
  child.once('error', () => undefined) // the address was printed too
  child.unref()
  return () => rmSync(file, { force: true })
}
