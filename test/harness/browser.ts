import { existsSync } from 'node:fs'

/** Chromium without a window: a third of the processor time of the whole browser. Each page is in front there, always. */
const windowless = ['/usr/bin/chromium-headless-shell', '/usr/lib64/chromium-browser/headless_shell']

const whole = [
  '/usr/bin/chromium',
  '/usr/bin/chromium-browser',
  '/usr/bin/google-chrome-stable',
  '/usr/bin/google-chrome',
]

const firstOf = (programs: readonly string[]): string | undefined => programs.find((program) => existsSync(program))

/** The installed browser that the tests drive; undefined lets Playwright look for one of its own. */
export function browserProgram(): string | undefined {
  return firstOf([...windowless, ...whole])
}

/** The whole browser, whose tabs have and lose the focus. */
export function wholeBrowserProgram(): string | undefined {
  return firstOf(whole)
}

/** How such a browser is started; as root it runs only without its own sandbox. */
export const launchOptions = (program: string | undefined) => ({
  executablePath: program,
  args: ['--no-sandbox', '--disable-dev-shm-usage'],
})
