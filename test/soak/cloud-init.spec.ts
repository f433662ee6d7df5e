/** What the form says is done by the real cloud-init of a Debian, once: at the second start it takes the machine for the same. */
import { afterAll, beforeAll, describe, expect, test } from 'vitest'
import type { FirstStart } from '../../shared/model/first-start.ts'
import { ask, eventually, type Page } from '../contract/page.ts'
import { freshSession } from '../e2e/support/session.ts'
import { asUser, serialPort, startApp, until, type RunningApp, type SerialPort } from '../harness/index.ts'
import { pageOf } from '../integration/host/page-of.ts'
import { cloudImagePath, isCloudImageThere } from './cloud-image.ts'

const connection = 'session'
const user = asUser('alumna')
const key = 'ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAIMnAIDO2hyhfdGWZM0xN0Xn0mJ8kQ2Vn1cVbq0d3Yx5T ana@casa'
const password = `Zp'q"$7 x`
const form: FirstStart = { kind: 'form', hostName: 'web', user: 'ana', password, confirmation: password, sshKeys: [key], locale: 'C.UTF-8', keyboard: '', packages: '', update: false }
/** Under software emulation a Debian takes its time. */
const BOOT = 400_000

const built = await isCloudImageThere()
let app: RunningApp
let page: Page

describe('a Debian with cloud-init', () => {
  beforeAll(async () => {
    await freshSession(user)
    app = await startApp({ user, settings: { acceleration: 'tcg' } })
    page = await pageOf(app)
    await eventually('the session is connected', async () => (await ask(page, 'connection.list', {})).some((one) => one.id === connection && one.state === 'connected') || undefined)
  })
  afterAll(async () => {
    await user.exec(['virsh', '-q', 'destroy', '--domain=web'])
    await page.close()
    await app.stop()
  })

  /** Logs in on the serial port with the password that was typed in the form. */
  async function logIn(serial: SerialPort): Promise<void> {
    await serial.expectText(/login: $/, BOOT)
    serial.type('ana')
    await serial.expectText(/Password: $/)
    serial.clear()
    serial.type(password)
    await serial.expectText(/\$ $/, 120_000)
  }

  /** What a command prints. */
  async function printed(serial: SerialPort, command: string): Promise<string> {
    serial.clear()
    serial.type(`${command}; echo "en""d"`)
    await serial.expectText(/\nend/, 120_000)
    return serial.text()
  }

  const facts = 'hostname; id -un; cat ~/.ssh/authorized_keys; md5sum /etc/ssh/ssh_host_*_key.pub; cat /var/lib/cloud/data/instance-id'

  test('S1.14 S1.15 does what the form says at the first start, and nothing at the second', async ({ skip }) => {
    skip(!built, 'there is no cloud image: building it takes root, apt and its network')
    const path = user.give(cloudImagePath, 'Downloads/debian-12-genericcloud-amd64.qcow2')
    const { plan } = await ask(page, 'creation.propose', { connection, path })
    const { job } = await ask(page, 'creation.start', { ...plan, name: 'web', memoryKiB: 512 * 1024, vcpus: 2, firstStart: form })
    const ended = await eventually('the end of the creation', async () => (await ask(page, 'job.list', {})).find((one) => one.id === job && one.state !== 'running'))
    expect(ended).toMatchObject({ state: 'done', error: null })

    let serial = await serialPort(user, 'web')
    await logIn(serial)
    const first = await printed(serial, `cloud-init status --wait --long; ${facts}`)
    expect(first).toContain('status: done')
    expect(first).toMatch(/\nweb\r?\nana\r?\n/)
    expect(first).toContain(key)
    expect(first).toContain(String(ended?.result?.['uuid']))
    serial.type('sudo -k poweroff')
    await serial.expectText(/password for ana: $/)
    serial.type(password)
    await until('off', 120_000, async () => (await user.virsh(['domstate', '--domain=web'])).trim() === 'shut off' || undefined)
    serial.close()

    await user.virsh(['start', '--domain=web'])
    serial = await serialPort(user, 'web')
    await logIn(serial)
    const second = await printed(serial, facts)
    const told = (text: string): string => text.slice(text.indexOf('web'), text.indexOf('\nend')).replaceAll('\r', '')
    expect(told(second.slice(second.indexOf('\n')))).toBe(told(first.slice(first.indexOf('status: done'))))
    expect(await user.virsh(['dumpxml', '--domain=web'])).not.toMatch(/first-start|cdrom|nocloud/)
    serial.close()
  }, 1_200_000)
})
