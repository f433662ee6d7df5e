import { existsSync } from 'node:fs'

/** Chromium without a window takes a third of the processor time of the whole browser, which is there beside it. */
const programs = [
  '/usr/bin/chromium-headless-shell',
  '/usr/lib64/chromium-browser/headless_shell',
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

/** The installed Chromium or Chrome that the tests drive; undefined lets Playwright look for one of its own. */
export function browserProgram(): string | undefined {
  return programs.find((program) => existsSync(program))
}
