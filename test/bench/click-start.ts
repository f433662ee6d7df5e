import { readFileSync, rmSync } from 'node:fs'
import { chromium } from 'playwright'
import { defineTiny } from '../e2e/support/tiny-machines.ts'
import { writeFor } from '../e2e/support/documents.ts'
import { browserProgram, startApp, until, type User } from '../harness/index.ts'
import { measure, row } from './measure.ts'

/** A program that stands before virsh on the PATH: it notes when it was started, and becomes virsh. */
const noting = (log: string): string => `#!/bin/sh\ncase " $* " in *" start "*) date +%s%N >> '${log}' ;; esac\nexec /usr/bin/virsh "$@"\n`

/** From the click on "Start" in the page to the start of virsh. A row of Markdown. */
export async function benchClick(user: User, runs: number): Promise<string[]> {
  const folder = `${user.home}/noting`
  const log = `${folder}/starts`
  writeFor(user, `${folder}/virsh`, noting(log))
  await user.exec(['touch', log])
  const uuid = await defineTiny(user, 'clicked', 'Clicked')
  const app = await startApp({ user, settings: { language: 'en' }, env: { PATH: `${folder}:${user.env['PATH'] ?? ''}` } })
  const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox', '--disable-dev-shm-usage'] })
  try {
    const page = await browser.newPage()
    await page.goto(app.url)
    const start = page.getByRole('button', { name: 'Start: Clicked', exact: true })
    const click = async (): Promise<number> => {
      await user.exec(['truncate', '--size=0', log])
      await start.waitFor()
      const clicked = await start.evaluate((button) => {
        const at = performance.timeOrigin + performance.now()
        if (button instanceof HTMLElement) button.click()
        return at
      })
      const started = await until('the start of virsh', 10_000, () => /\d{19}/.exec(readFileSync(log, 'utf8'))?.[0])
      await until('the machine', 20_000, async () => ((await user.virsh(['domstate', `--domain=${uuid}`])).trim() === 'running' ? true : undefined))
      await user.virsh(['destroy', `--domain=${uuid}`])
      return Number(BigInt(started) / 1000n) / 1000 - clicked
    }
    const times = await measure(runs, { click })
    return [row('Vivero: click on Start to the start of virsh', times.click, 'goal 20')]
  } finally {
    await browser.close()
    await app.stop()
    await user.virsh(['undefine', `--domain=${uuid}`])
    rmSync(folder, { recursive: true })
  }
}
