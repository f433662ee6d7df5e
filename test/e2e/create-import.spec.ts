import { execFileSync } from 'node:child_process'
import { mkdirSync, readFileSync, rmSync, statSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import type { Page } from '@playwright/test'
import { asUser } from '../harness/index.ts'
import { expect, test } from './support/app.ts'
import { browseTo, select } from './support/choose.ts'
import { downloadGuest, expectState, forgetMachine } from './support/machines.ts'
import { inBoth } from './support/other-language.ts'
import { freshSession } from './support/session.ts'

test.describe.configure({ mode: 'serial' })
// Acceleration as it comes, so that the page has to say why there is no KVM.
test.use({ options: { language: 'es', settings: { acceleration: 'auto' }, hostEnv: {} } })
test.beforeAll(async () => {
  await freshSession(asUser('alumna'))
})

const fileBrowser = { title: 'Elegir un archivo', take: 'Abrir' }
const folderBrowser = { title: 'Elegir una carpeta', take: 'Usar esta carpeta' }

/** From the machines page: "+" and a file taken by the app's own browser; ends on the review page. */
async function reviewAnother(page: Page, names: readonly string[]): Promise<void> {
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('button', { name: 'Archivo de imagen…' }).click()
  await browseTo(page, fileBrowser, names)
  await expect(page.getByRole('heading', { name: 'Revisar y crear' })).toBeVisible({ timeout: 60_000 })
}

async function create(page: Page): Promise<void> {
  await page.getByRole('button', { name: 'Crear', exact: true }).click()
  await expect(page.getByRole('dialog')).toBeHidden({ timeout: 180_000 })
}

async function chooseSystem(page: Page, name: string): Promise<void> {
  await page.getByRole('button', { name: /^Sistema / }).click()
  await page.getByPlaceholder('Buscar un sistema, p. ej. ubuntu').fill(name)
  await page.getByRole('option', { name: new RegExp(`^${name}`) }).click()
  await expect(page.getByRole('button', { name: /^Sistema / }).filter({ hasText: name })).toBeVisible()
  await expect(page.getByText('elegido', { exact: true })).toBeVisible()
}

test('S1.12 S1.13 S1.19 an existing disk is imported with the chosen values, in place, without its console', async ({ alumna, vivero: page }) => {
  const image = await downloadGuest(alumna, 'máquina ñ;x.qcow2', 'Imágenes')
  const before = statSync(image)
  await reviewAnother(page, ['Imágenes', 'máquina ñ;x.qcow2'])
  await chooseSystem(page, 'CirrOS 0.3.5')
  await page.getByRole('textbox', { name: 'Título' }).fill('cirros-usuario')
  await expect(page.getByRole('textbox', { name: 'Nombre' })).toHaveValue('cirros-usuario')
  await page.getByRole('textbox', { name: 'Memoria' }).fill('512')
  await page.getByRole('textbox', { name: 'CPU' }).fill('1')
  await page.getByText('Usar donde está', { exact: true }).click()
  await page.getByRole('checkbox', { name: 'Abrir la consola al terminar' }).uncheck()
  await expect(page.getByText('Este usuario no puede abrir /dev/kvm: el procesador de la máquina se emula, y va lento. Los miembros del grupo kvm sí pueden.')).toBeVisible()
  await create(page)

  await expectState(alumna, 'cirros-usuario', 'running')
  const xml = await alumna.virsh(['dumpxml', '--domain=cirros-usuario', '--inactive'])
  expect(xml).toContain("<domain type='qemu'>")
  expect(xml).toContain('<name>cirros-usuario</name>')
  expect(xml).toContain("<memory unit='KiB'>524288</memory>")
  expect(xml).toContain("<currentMemory unit='KiB'>524288</currentMemory>")
  expect(xml).toMatch(/<vcpu[^>]*>1<\/vcpu>/)
  expect(xml).toContain('<libosinfo:os id="http://cirros-cloud.net/cirros/0.3.5"/>')
  expect(xml).toContain("<boot dev='hd'/>")
  expect(xml).toMatch(/<disk type='file' device='disk'>\s*<driver name='qemu' type='qcow2'[^>]*\/>\s*<source file='\/home\/alumna\/Imágenes\/máquina ñ;x\.qcow2'\/>\s*<target dev='vda' bus='virtio'\/>/)
  expect(xml).not.toContain("device='cdrom'")
  expect((await alumna.virsh(['pool-list', '--all'])).trim()).toBe('')
  expect(statSync(image).ino).toBe(before.ino)

  await expect(page.getByRole('heading', { name: /^Máquinas/, level: 1 })).toBeVisible()
  await expect(page.getByTestId('display')).toHaveCount(0)
  await page.getByRole('link', { name: 'Abrir cirros-usuario', exact: true }).first().click()
  await page.getByText('Serie', { exact: true }).click()
  const serial = page.getByTestId('serial')
  await serial.click()
  await expect.poll(async () => {
    await page.keyboard.press('Enter')
    return serial.locator('.xterm-accessibility').innerText()
  }, { timeout: 180_000, intervals: [1000] }).toMatch(/[#$]/)

  await page.getByRole('button', { name: 'Más para cirros-usuario' }).click()
  await expect(page.getByRole('menuitem', { name: 'Eliminar…' })).toHaveAttribute('aria-disabled', 'true')
  await page.getByRole('menuitem', { name: 'Forzar apagado' }).click()
  await page.getByRole('dialog').getByRole('button', { name: 'Forzar apagado' }).click()
  await expectState(alumna, 'cirros-usuario', 'shut off')
  await page.getByRole('button', { name: 'Más para cirros-usuario' }).click()
  await page.getByRole('menuitem', { name: 'Eliminar…' }).click()
  await expect(page.getByRole('checkbox', { name: /máquina ñ;x\.qcow2/ })).not.toBeChecked()
  await page.getByRole('button', { name: 'Eliminar máquina', exact: true }).click()
  await expect(page.getByRole('heading', { name: 'Aún no hay máquinas' })).toBeVisible()
  expect((await alumna.virsh(['list', '--all'])).trim()).toBe('')
  expect(statSync(image).ino).toBe(before.ino)
})

test('S1.8 a new disk in a folder of no pool makes no pool', async ({ alumna, vivero: page }) => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  alumna.give(import.meta.filename, 'Mis discos/nota.txt')
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
  await select(page, 'Se guarda en', 'Otra carpeta…')
  await browseTo(page, folderBrowser, ['Mis discos'])
  await expect(page.getByRole('combobox', { name: 'Se guarda en' })).toHaveValue('Carpeta ~/Mis discos')
  await page.getByRole('checkbox', { name: 'Abrir la consola al terminar' }).uncheck()
  await create(page)

  await expectState(alumna, 'ipxe', 'running')
  expect(await alumna.virsh(['domblklist', '--domain=ipxe'])).toContain('/home/alumna/Mis discos/ipxe.qcow2')
  expect((await alumna.virsh(['pool-list', '--all'])).trim()).toBe('')
  await forgetMachine(alumna, 'ipxe')
})

test('S0.16 the note on user mode stands where it is picked', async ({ alumna, vivero: page }) => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
  const network = page.getByRole('combobox', { name: 'Red', exact: true })
  const note = page.getByText('nada llega a ella, ni siquiera otras máquinas. Lenta y poco configurable.')
  await expect(network).toHaveValue('Modo usuario')
  await expect(network).toHaveAccessibleDescription(/Lenta y poco configurable/)
  await expect(note).toBeVisible()
  await select(page, 'Red', 'Ninguna')
  await expect(note).toBeHidden()
  await select(page, 'Red', /Modo usuario/)
  await expect(note).toBeVisible()
  await expect(page.getByRole('button', { name: 'Crear', exact: true })).toBeEnabled()
})

test('S0.8 sizes never leave their range, by slider, by keyboard or typed', async ({ alumna, vivero: page }) => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  const hostMiB = Math.floor(Number(/Memory size:\s+(\d+)/.exec(await alumna.virsh(['nodeinfo']))?.[1]) / 1024)
  const hostCpus = Number(/CPU\(s\):\s+(\d+)/.exec(await alumna.virsh(['nodeinfo']))?.[1])
  await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
  await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
  const field = (name: string) => page.getByRole('textbox', { name, exact: true })
  const slider = (name: string) => page.getByRole('slider', { name, exact: true })
  const size = async (name: string): Promise<number> => toMiB(await field(name).inputValue())
  const type = async (name: string, text: string): Promise<void> => {
    await field(name).fill(text)
    await field(name).press('Tab')
  }
  const drag = async (name: string, by: number): Promise<void> => {
    await slider(name).hover()
    await page.mouse.down()
    await page.mouse.move(by, 400, { steps: 5 })
    await page.mouse.up()
  }

  const range = inBoth({ es: /De (32\sMiB|1\sGiB) a [\d,.]+\s[MGT]iB/, en: /From (32\sMiB|1\sGiB) to [\d,.]+\s[MGT]iB/ })
  for (const [name, least, most] of [['Memoria', 32, hostMiB], ['Tamaño máximo del disco', 1024, 0]] as const) {
    // The ends are said in words.
    await expect(field(name)).toHaveAccessibleDescription(range)
    await slider(name).press('End')
    const top = await size(name)
    if (most > 0) expect(Math.abs(top - most)).toBeLessThanOrEqual(most * 0.005)
    await slider(name).press('ArrowRight')
    expect(await size(name)).toBe(top)
    await slider(name).press('Home')
    expect(await size(name)).toBe(least)
    await slider(name).press('ArrowLeft')
    expect(await size(name)).toBe(least)
    // what is dragged moves with the next frame
    await drag(name, 1270)
    await expect.poll(() => size(name)).toBe(top)
    await drag(name, 5)
    await expect.poll(() => size(name)).toBe(least)
    await type(name, '999 TiB')
    expect(await size(name)).toBe(top)
    await expect(slider(name)).toHaveAttribute('aria-valuenow', (await slider(name).getAttribute('aria-valuemax')) ?? '')
    await type(name, '0')
    expect(await size(name)).toBe(least)
    await type(name, 'mucha')
    expect(await size(name)).toBe(least)
    await type(name, '1,5 GiB')
    expect(await size(name)).toBe(1536)
  }

  // The most that may be asked for is more than this home has room for: said, and not forbidden.
  await slider('Tamaño máximo del disco').press('End')
  await expect(page.getByText(/es más que el espacio libre allí/)).toBeVisible()
  await expect(page.getByRole('button', { name: 'Crear', exact: true })).toBeEnabled()

  await type('CPU', '999')
  expect(Number(await field('CPU').inputValue())).toBeLessThanOrEqual(hostCpus)
  await slider('CPU').press('End')
  await expect(field('CPU')).toHaveValue(String(hostCpus))
  await expect(field('CPU')).toHaveAccessibleDescription(`De 1 a ${hostCpus}`)
  await type('CPU', '0')
  expect(Number(await field('CPU').inputValue())).toBeGreaterThanOrEqual(1)
})

test('S0.8 more memory than is free is remarked on, and not forbidden', async ({ alumna, vivero: page }) => {
  alumna.give('/usr/lib/ipxe/ipxe.iso', 'Downloads/ipxe.iso')
  const release = withFreeMemory(768)
  try {
    await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: 'ipxe.iso' }).click()
    const field = page.getByRole('textbox', { name: 'Memoria', exact: true })
    const slider = page.getByRole('slider', { name: 'Memoria', exact: true })
    const warning = page.getByText(/es más que la memoria libre ahora/)
    await expect(field).toHaveAccessibleDescription(/768\sMiB libres en este anfitrión/)
    await field.fill('1 GiB')
    await field.press('Tab')
    await expect(warning).toHaveText('1 GiB es más que la memoria libre ahora (768 MiB): el anfitrión puede ir lento.')
    await expect(field).toHaveAccessibleDescription(/es más que la memoria libre ahora/)
    await expect(page.getByRole('button', { name: 'Crear', exact: true })).toBeEnabled()
    await slider.press('Home')
    await expect(warning).toBeHidden()
    await slider.press('End')
    await expect(warning).toBeVisible()
    await field.fill('768 MiB')
    await field.press('Tab')
    await expect(warning).toBeHidden()
  } finally {
    release()
  }
})

test('S0.18 titles and names are made from the system and told apart', async ({ alumna, vivero: page }) => {
  mkdirSync(join(alumna.home, 'Downloads'), { recursive: true })
  const image = await downloadGuest(alumna)
  for (const [title, name] of [['CirrOS 0.3.5', 'cirros0.3.5'], ['CirrOS 0.3.5 2', 'cirros0.3.5-2']] as const) {
    await page.getByRole('button', { name: 'Nueva máquina' }).first().click()
    await page.getByRole('dialog').getByRole('button', { name: /cirros-0\.3\.5\.qcow2/ }).click()
    await expect(page.getByRole('textbox', { name: 'Título' })).toHaveValue(title)
    await expect(page.getByRole('textbox', { name: 'Nombre' })).toHaveValue(name)
    await page.getByRole('checkbox', { name: 'Abrir la consola al terminar' }).uncheck()
    await create(page)
    await expect(page.getByRole('link', { name: `Abrir ${title}`, exact: true })).toBeVisible()
  }
  expect((await alumna.virsh(['list', '--all', '--name'])).trim().split('\n').sort()).toEqual(['cirros0.3.5', 'cirros0.3.5-2'])
  const volumes = await alumna.virsh(['vol-list', '--pool=default'])
  expect(volumes).toContain('cirros0.3.5.qcow2')
  expect(volumes).toContain('cirros0.3.5-2.qcow2')
  expect(statSync(image).isFile()).toBe(true)
  await forgetMachine(alumna, 'cirros0.3.5')
  await forgetMachine(alumna, 'cirros0.3.5-2')
})

/** Until it is called off, the kernel tells everybody in the lab that only so many MiB are free. */
function withFreeMemory(mib: number): () => void {
  const figures: Record<string, number> = { MemFree: mib * 1024, MemAvailable: mib * 1024, Buffers: 0, Cached: 0 }
  const told = readFileSync('/proc/meminfo', 'utf8').replace(/^(\w+): +\d+ kB$/gm, (line, name: string) =>
    name in figures ? `${name}: ${figures[name]} kB` : line)
  const place = '/tmp/meminfo'
  writeFileSync(place, told)
  execFileSync('mount', ['--bind', place, '/proc/meminfo'])
  return () => {
    execFileSync('umount', ['/proc/meminfo'])
    rmSync(place)
  }
}

/** "1,5 GiB" in MiB. */
function toMiB(text: string): number {
  const [, figure = '', unit = ''] = /^([\d,.]+) ([MGT])iB$/.exec(text) ?? []
  return Number(figure.replace(',', '.')) * { M: 1, G: 1024, T: 1024 ** 2 }[unit as 'M' | 'G' | 'T']
}
