/** The lines of the command log, run again in real shells: they do what the app did, letter by letter. */
import { execFileSync } from 'node:child_process'
import { existsSync, readdirSync, rmSync, writeFileSync } from 'node:fs'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { buildGraphics, patchGraphics } from '../../../electron/libvirt/domain/devices/graphics.ts'
import { domainChangeMedia, domainDefine, domainEdit, domainUndefine } from '../../../electron/libvirt/domain/index.ts'
import { networkAutostart, networkDefine, networkDestroy, networkStart, networkUndefine } from '../../../electron/libvirt/network/index.ts'
import { poolAutostart, poolBuild, poolDefine, poolDestroy, poolStart, poolUndefine } from '../../../electron/libvirt/pool/index.ts'
import { previewLine } from '../../../electron/libvirt/virsh.ts'
import { volumeCreate, volumeDelete } from '../../../electron/libvirt/volume/index.ts'
import { clear } from '../create/support.ts'
import { folder, lines, logging, machine, network, virsh, worstNames } from './objects.ts'

const place = folder('paste')
beforeAll(clear)
afterAll(() => rmSync(place, { recursive: true }))

/** Everything of the keyboard that a shell or its line editor acts on. */
const controls = Array.from({ length: 31 }, (_, index) => String.fromCharCode(index + 1)).join('') + '\u007f\u009b'
const hard = `it's "a" \\ $HOME \`id\` !! * ~ # & <b> ; | (c) {d,e} [f] \u00f1 🐧`

/** A script in a plain shell, as a person would keep it. */
const inScript = (shell: string, text: string, input = ''): void =>
  void execFileSync(shell, ['-e', '-c', text], { cwd: place, input, stdio: ['pipe', 'pipe', 'pipe'] })

/** Pasted into bash at a terminal, with its line editor, history and completion on. */
function pasted(text: string): void {
  const shell = ['-qefc', 'exec bash --noprofile --norc -i', '/dev/null']
  const env = { ...process.env, HOME: place, TERM: 'xterm', HISTFILE: '', SHELL: '/bin/sh' }
  execFileSync('script', shell, { cwd: place, env, input: `${text}\nexit\n`, stdio: ['pipe', 'pipe', 'pipe'], timeout: 30_000 })
}

const shells: readonly (readonly [string, (text: string) => void])[] = [
  ['sh', (text) => inScript('sh', text)],
  ['bash', (text) => inScript('bash', text)],
  ['bash at a terminal', pasted],
]

describe.each(shells)('in %s', (_name, run) => {
  it('words come out as they went in', () => {
    const target = { uri: 'test:///default', connection: 'x' }
    const words = [hard, controls, ...worstNames, 'two\nlines\n', '\ttab', '']
    const line = previewLine(target, ['echo', '--', ...words]).replace(/^virsh .* --/, `printf '%s\\0'`)
    run(`${line} > printed`)
    expect(execFileSync('cat', [join(place, 'printed')], { encoding: 'utf8' }).split('\0').slice(0, -1)).toEqual(words)
    rmSync(join(place, 'printed'))
    expect(readdirSync(place)).toEqual([])
  })

  it('a machine is made, named, given a CD and its autostart', async () => {
    const target = logging()
    const iso = join(place, `${hard.replaceAll('/', '')}.iso`)
    writeFileSync(iso, 'x')
    const cd = { device: 'cdrom', target: 'sda', bus: 'sata', path: null, format: 'raw' } as const
    const uuid = await domainDefine(target, machine(hard, { disks: [cd], change: { title: `before ${hard}` } }))
    await domainEdit(target, uuid, { title: hard, description: `${hard}\nEOF\nXML\n--`, autostart: true })
    await domainEdit(target, uuid, { title: null })
    await domainChangeMedia(target, uuid, 'sda', iso)
    const made = virsh('dumpxml', uuid, '--inactive')
    const noted = [...target.lines]
    await domainUndefine(target, uuid)
    run(noted.join('\n'))
    expect(virsh('dumpxml', uuid, '--inactive')).toBe(made)
    expect(virsh('list', '--all', '--autostart', '--uuid').trim()).toBe(uuid)
    await domainUndefine(target, uuid)
    expect(target.errors.every((error) => error === null)).toBe(true)
    rmSync(iso)
  })

  it('a network, a pool and its volumes are made, started and taken away', async () => {
    const target = logging()
    const networks = virsh('net-list', '--all', '--name')
    const name = `--${hard}`
    const path = join(place, 'pool ñ')
    const uuid = await networkDefine(target, network(hard))
    await networkStart(target, uuid)
    await networkAutostart(target, uuid, true)
    const pool = await poolDefine(target, { name: hard, path })
    await poolBuild(target, pool)
    await poolStart(target, pool)
    await poolAutostart(target, pool, true)
    const first = await volumeCreate(target, pool, { name, format: 'qcow2', capacityBytes: 2 ** 20 })
    const second = await volumeCreate(target, pool, { name: 'over\nit', format: 'qcow2', capacityBytes: 2 ** 20, backing: { path: first, format: 'qcow2' } })
    const state = (): unknown => [
      virsh('net-dumpxml', uuid, '--inactive'), virsh('net-info', hard).replace(/\s+/g, ' '),
      virsh('pool-dumpxml', pool, '--inactive').replace(/<(allocation|available|capacity) .*/g, ''), virsh('pool-list', '--autostart', '--name'),
      readdirSync(path).sort(), [first, second].map((one) => execFileSync('qemu-img', ['info', one], { encoding: 'utf8' })),
    ] // prettier-ignore
    const made = state()
    const making = target.lines.splice(0)
    const unmake = async (): Promise<void> => {
      for (const one of [second, first]) await volumeDelete(target, one)
      await poolDestroy(target, pool)
      await poolUndefine(target, pool)
      await networkDestroy(target, uuid)
      await networkUndefine(target, uuid)
    }
    await unmake()
    rmSync(path, { recursive: true })
    run(making.join('\n'))
    expect(state()).toEqual(made)
    run(target.lines.join('\n'))
    expect(readdirSync(path)).toEqual([])
    expect([lines(virsh('pool-list', '--all', '--name')), virsh('net-list', '--all', '--name')]).toEqual([[], networks])
    rmSync(path, { recursive: true })
  })
})

it('a password is asked for, and nowhere in the line', async () => {
  const target = logging()
  const password = `p"<&'$x`
  const display = buildGraphics({ type: 'vnc', listen: 'address', address: '127.0.0.1' })
  patchGraphics(display, { password })
  const uuid = await domainDefine(target, machine(`$HOME \`id\` ${hard}`, { change: { devices: [display] } }))
  const made = virsh('dumpxml', uuid, '--inactive', '--security-info')
  const line = target.lines.join('\n')
  for (const spelling of [password, 'p&quot;', 'p"&lt;']) expect(line).not.toContain(spelling)
  expect(line).toMatch(/^read -rs SECRET\n/)
  await domainUndefine(target, uuid)
  inScript('bash', line, `${password}\n`)
  expect(virsh('dumpxml', uuid, '--inactive', '--security-info')).toBe(made)
  expect(made).toContain('passwd=')
  await domainUndefine(target, uuid)
  expect(existsSync(join(place, '.bash_history'))).toBe(false)
})
