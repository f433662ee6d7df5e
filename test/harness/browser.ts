import { existsSync } from 'node:fs'

const programs = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

/** The installed Chromium or Chrome that the tests drive; undefined lets Playwright look for one of its own. */
export function browserProgram(): string | undefined {
  return programs.find((program) => existsSync(program))
}
