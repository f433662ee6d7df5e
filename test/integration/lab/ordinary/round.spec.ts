import { readFileSync } from 'node:fs'
import { chromium } from '@playwright/test'
import { afterAll, describe, expect, it } from 'vitest'
import { ensureGuest } from '../../../guest/index.ts'
import { asUser, browserProgram, defineGuest, serialPort, startApp } from '../../../harness/index.ts'

const alumna = asUser('alumna')
const root = asUser('root')
const session = ['-c', 'qemu:///session']
const system = ['-c', 'qemu:///system']

describe('a lab of an ordinary user', () => {
  afterAll(async () => {
    await alumna.exec(['virsh', ...session, 'destroy', 'prueba'])
    await alumna.exec(['virsh', ...session, 'undefine', 'prueba'])
  })

  it('starts without any right on the machine', () => {
    const [inside, outside] = readFileSync('/proc/self/uid_map', 'utf8').trim().split(/\s+/)
    expect(inside).toBe('0')
    expect(outside).not.toBe('0')
  })

  it('has a NAT network that comes up', async () => {
    await root.virsh([...system, 'net-start', 'default'])
    const { stdout } = await root.exec(['ip', '-brief', 'address', 'show', 'virbr0'])
    expect(stdout).toContain('192.168.122.1/24')
    await root.virsh([...system, 'net-destroy', 'default'])
  })

  it('runs a session machine', async () => {
    await defineGuest(alumna, { name: 'prueba', disk: alumna.give((await ensureGuest()).disk, 'prueba.qcow2') })
    await alumna.virsh([...session, 'start', '--domain=prueba'])
    const port = await serialPort(alumna, 'prueba')
    try {
      await port.expectText(/vivero-guest ready/, 90_000)
    } finally {
      port.close()
    }
  })

  it('serves a page', async () => {
    const app = await startApp({ user: alumna })
    const browser = await chromium.launch({ executablePath: browserProgram(), args: ['--no-sandbox'] })
    try {
      const page = await browser.newPage()
      await page.goto(app.url)
      await page.getByText('prueba').first().waitFor({ timeout: 30_000 })
    } finally {
      await browser.close()
      await app.stop()
    }
  })
})
