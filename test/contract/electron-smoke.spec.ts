/** The app in Electron itself, where its program is: one start, its page, its end. */
import { existsSync } from 'node:fs'
import { copyFile, mkdir, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import { _electron } from 'playwright'
import { afterEach, expect, it } from 'vitest'
import { electronProgram } from '../../scripts/setup/electron-program.mjs'
import { makeFolder } from './harness.ts'

const repository = join(import.meta.dirname, '../..')

/** Where there is no display Electron draws for nobody, if it was built so. */
const display = process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY'] ?? ''
const options = [...(display === '' ? ['--ozone-platform=headless'] : []), ...(process.getuid?.() === 0 ? ['--no-sandbox'] : [])]
const noDisplay = /Missing X server|platform failed to initialize|Invalid ozone platform/

let home: string | undefined
afterEach(async () => {
  if (home !== undefined) await rm(home, { recursive: true, force: true })
})

/** A home whose owner knows already that machines go on when the app closes. */
async function makeHome(): Promise<string> {
  const folder = await makeFolder()
  const config = join(folder, '.config/vivero')
  await mkdir(config, { recursive: true })
  await copyFile(join(folder, 'connections.json'), join(config, 'connections.json'))
  await writeFile(join(config, 'settings.json'), JSON.stringify({ closingNoticeShown: true }))
  return folder
}

it('Electron opens the app, which answers its page and ends with its window', async ({ skip }) => {
  const executablePath = electronProgram(repository)
  if (executablePath === undefined) return skip('no Electron program')
  for (const part of ['main/main.cjs', 'preload/preload.cjs', 'renderer/index.html']) {
    expect(existsSync(join(repository, 'out', part)), `${part} is built`).toBe(true)
  }
  home = await makeHome()
  const { PATH = '', DISPLAY = '', WAYLAND_DISPLAY = '' } = process.env
  const env = { PATH, DISPLAY, WAYLAND_DISPLAY, HOME: home, XDG_RUNTIME_DIR: home, LANG: 'es_ES.UTF-8' }
  const app = await _electron.launch({ executablePath, args: [repository, ...options], env, cwd: home }).catch((error: unknown) => {
    if (display === '' && noDisplay.test(String(error))) return skip('no display, and an Electron that needs one')
    throw error
  })
  const page = await app.firstWindow()
  await page.getByRole('main').first().waitFor()
  expect(page.url()).toMatch(/^vivero:\/\/app\/index\.html/)
  const answer = await page.evaluate(() => window.api?.call('app.info', {}))
  expect(answer).toMatchObject({ ok: true, value: { home, nativeDialogs: true, systemLanguage: 'es' } })
  expect(await page.evaluate(() => 'require' in globalThis || 'process' in globalThis)).toBe(false)
  const elsewhere = await page.evaluate(() => fetch('https://example.org/').then(() => 'reached').catch(() => 'refused'))
  expect(elsewhere).toBe('refused')
  await app.close()
}, 300_000)
