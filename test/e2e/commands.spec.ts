import { rmSync } from 'node:fs'
import { join } from 'node:path'
import { asUser, until, type User } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { browseTo } from './support/choose.ts'
import { create, downloadGuest, expectState, forgetMachine, reviewFrom } from './support/machines.ts'
import { freshSession } from './support/session.ts'

// the log of commands is to hold those of one creation
test.use({ options: { language: 'en', settings: {}, hostEnv: {}, appEach: true } })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

/** The stored documents of the machine and the pool, and what the volume is. */
async function made(user: User, machine: string, volume: string): Promise<Record<string, string>> {
  const { stdout } = await user.exec(['qemu-img', 'info', '-U', '--output=json', join(user.home, '.local/share/libvirt/images', volume)])
  const { format, 'virtual-size': size } = JSON.parse(stdout) as Record<string, unknown>
  return {
    machine: await user.virsh(['dumpxml', `--domain=${machine}`, '--inactive']),
    pool: withoutFigures(await user.virsh(['pool-dumpxml', '--pool=default', '--inactive'])),
    poolState: (await user.virsh(['pool-info', '--pool=default'])).split('\n').filter((line) => /^(Name|UUID|State|Persistent|Autostart)/.test(line)).join('\n'),
    volume: `${String(format)} ${String(size)}`,
    state: await user.virsh(['domstate', `--domain=${machine}`]),
  }
}

/** How full the pool is changes by itself. */
const withoutFigures = (xml: string): string => xml.replaceAll(/<(capacity|allocation|available) [^\n]*\n/g, '')

for (const [what, place, machine] of [
  ['a copied image', undefined, 'cirros0.3.5'],
  ['an ISO and a new disk', '/usr/lib/ipxe/ipxe.iso', 'ipxe'],
] as const) {
  test(`S0.20 the commands of a creation from ${what}, pasted into a shell, make the same again`, async ({ alumna, vivero: page, context }) => {
    await context.grantPermissions(['clipboard-read', 'clipboard-write'])
    const medium = place === undefined ? await downloadGuest(alumna, 'cirros-0.3.5.qcow2', 'Mis imágenes; $(x)/Downloads') : alumna.give(place, 'Downloads/ipxe.iso')
    if (place === undefined) rmSync(join(alumna.home, 'Downloads'), { recursive: true, force: true })
    await (place === undefined ? reviewPicked(page, medium) : reviewFrom(page, medium))
    await page.getByRole('textbox', { name: 'Title' }).fill(`It's a "${machine}" & <more>`)
    await page.getByRole('textbox', { name: 'Name' }).fill(machine)
    await page.getByRole('textbox', { name: 'Memory' }).fill('128')
    await create(page)
    await expectState(alumna, machine, 'running')
    const first = await made(alumna, machine, `${machine}.qcow2`)
    expect(first['machine']).toContain('<title>It&apos;s a &quot;')

    await page.getByRole('button', { name: /^Commands \(/ }).click()
    await page.getByRole('button', { name: 'Copy all' }).click()
    const clipboard = (): Promise<string> => page.evaluate(() => navigator.clipboard.readText())
    await expect.poll(clipboard).toContain('pool-define')
    const script = await clipboard()
    expect(script).toContain('define')

    await forgetMachine(alumna, machine)
    await forgetPool(alumna)
    expect((await alumna.virsh(['list', '--all'])).trim()).toBe('')

    const run = await alumna.exec(['sh', '-e'], { input: `${script}\n` })
    expect(run).toMatchObject({ code: 0 })
    expect(await made(alumna, machine, `${machine}.qcow2`)).toEqual(first)
    await forgetMachine(alumna, machine)
    await forgetPool(alumna)
  })
}

async function reviewPicked(page: Parameters<typeof reviewFrom>[0], file: string): Promise<void> {
  await page.getByRole('button', { name: 'New machine' }).first().click()
  await page.getByRole('button', { name: 'Image file…' }).click()
  await browseTo(page, { title: 'Choose a file', take: 'Open' }, file.replace('/home/alumna/', '').split('/'))
  await expect(page.getByRole('heading', { name: 'Review and create' })).toBeVisible({ timeout: 60_000 })
}

/** Removes the default pool with its folder. */
async function forgetPool(user: User): Promise<void> {
  await user.exec(['virsh', '-q', 'pool-destroy', '--pool=default'])
  await user.exec(['virsh', '-q', 'pool-undefine', '--pool=default'])
  rmSync(join(user.home, '.local/share/libvirt/images'), { recursive: true, force: true })
  await until('no pool', 5_000, async () => ((await user.virsh(['pool-list', '--all'])).trim() === '' ? true : undefined))
}
