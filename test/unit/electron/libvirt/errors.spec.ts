import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorRows } from '../../../../electron/libvirt/error-rows.ts'
import { errorFromOutput, isCode } from '../../../../electron/libvirt/errors.ts'
import { startLine, withStartRemedy } from '../../../../electron/libvirt/remedies.ts'
import en from '../../../../shared/i18n/en/errors.json' with { type: 'json' }
import es from '../../../../shared/i18n/es/errors.json' with { type: 'json' }
import { errorCodes } from '../../../../shared/model/error.ts'

const folder = join(import.meta.dirname, '../../../fixtures/virsh/errors')
const samples = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .replace(/\n$/, '')
    .split('\n----\n')
    .map((text) => ({ code: basename(file, '.txt'), text })),
)

describe('the table of what libvirt says', () => {
  it.each(samples)('$code: $text', ({ code, text }) => {
    expect(errorFromOutput(text, 'qemu:///system').code).toBe(code)
  })

  it('has a captured text for each of its rows', () => {
    const first = (text: string): number => errorRows.findIndex((row) => row.pattern.test(text.replace(/^error: /gm, '').trimEnd()))
    const hit = new Set(samples.map(({ text }) => first(text)))
    const silent = errorRows.filter((_, index) => !hit.has(index)).map((row) => row.pattern.source)
    expect(silent).toEqual([])
  })

  it('keeps libvirt’s own words as the detail, without virsh’s prefixes', () => {
    const error = errorFromOutput("\rSave: [ 12 %]error: Failed to save\nerror: something new\n", 'qemu:///system')
    expect(error).toMatchObject({ code: 'libvirt', detail: 'Failed to save\nsomething new' })
  })

  it('fills the parameters that the sentences name', () => {
    const errors = samples.map(({ text }) => errorFromOutput(text, 'qemu:///session'))
    for (const error of errors) {
      for (const [, name = ''] of [...en[error.code].title.matchAll(/\{\{(\w+)\}\}/g)]) {
        expect(error.params, `${error.code}: ${error.detail ?? ''}`).toHaveProperty(name)
      }
    }
    expect(errors.filter((error) => isCode(error, 'base-missing'))[0]?.params).toMatchObject({ path: '/tmp/base.qcow2', child: '/tmp/child.qcow2' })
  })

  it.each([
    ['pool-inactive', "storage pool 'p' containing volume 'x' is not active", { pool: 'p' }],
    ['pool-inactive', "storage pool 'pool ñ: 'x'' is not active", { pool: "pool ñ: 'x'" }],
    ['bridge-missing', 'Unable to get index for interface eth9: No such device', { bridge: 'eth9' }],
    ['name-taken', "volume target path '/tmp/a' already exists", { name: '/tmp/a' }],
    ['name-taken', "storage volume 'a\nb' exists already", { name: 'a\nb' }],
    ['subnet-in-use', 'Network is already in use by interface virbr0', { device: 'virbr0' }],
    ['bridge-in-use', "bridge name 'virbr0' already in use.", { bridge: 'virbr0' }],
    ['locked', 'Failed to get "write" lock\nIs another process using the image [/a b/[x].qcow2]?', { path: '/a b/[x].qcow2' }],
    ['locked', 'Failed to get shared "write" lock', {}],
    ['network-inactive', "network 'it's' is not active", { name: "it's" }],
    ['has-snapshots', 'cannot delete inactive domain with 12 snapshots', { count: '12' }],
  ])('%s: %j', (code, text, params) => {
    const error = errorFromOutput(`error: Failed\nerror: ${text}\n`, 'qemu:///session')
    expect(error.code).toBe(code)
    expect(error.params).toEqual({ ...params, uri: 'qemu:///session' })
  })

  it('leaves out what virsh says of polkit and of its own end', () => {
    const said = 'Authorization not available. Check if polkit service is running or see debug message for more information.\nerror: Domain is already active\n'
    expect(errorFromOutput(said, 'qemu:///session')).toMatchObject({ code: 'already-active', detail: 'Domain is already active' })
    expect(errorFromOutput('', 'qemu:///session')).toMatchObject({ code: 'libvirt', detail: null })
  })

  it('gives a hint for an address that libvirt refuses', () => {
    const text = "error: failed to connect to the hypervisor\nerror: internal error: unexpected qemu URI path '/sesion', try qemu:///system"
    expect(errorFromOutput(text, 'qemu:///sesion').params).toMatchObject({ uri: 'qemu:///sesion', hint: 'qemu:///session' })
  })

  it('offers commands that quote what they name', () => {
    const text = "error: Failed to start domain 'x'\nerror: Cannot access storage file '/home/a b/d.qcow2' (as uid:1000, gid:1000): Permission denied"
    expect(errorFromOutput(text, 'qemu:///session').remedies[0]?.command).toBe(`sudo chown "$USER:" -- '/home/a b/d.qcow2' && chmod u+rw -- '/home/a b/d.qcow2'`)
    const denied = samples.find(({ code }) => code === 'auth-denied')?.text ?? ''
    expect(errorFromOutput(denied, 'qemu:///system').remedies[0]).toMatchObject({ name: 'join-group', command: expect.stringContaining('usermod -aG libvirt') })
  })
})

describe('ways out', () => {
  const named = (text: string, uri: string): string[] => errorFromOutput(`error: ${text}`, uri).remedies.map((remedy) => remedy.name)

  it.each([
    ["Failed to connect socket to '/x': Permission denied", 'qemu:///system', ['join-group']],
    ["Failed to connect socket to '/x': Permission denied", 'qemu:///session', []],
    ["Failed to connect socket to '/x': Connection refused", 'qemu:///system', ['start-service']],
    ['authentication cancelled: user cancelled authentication process', 'qemu:///system', ['join-group']],
    ['internal error: Unable to get system bus connection: x', 'qemu:///system', ['start-bus']],
    ['The name org.freedesktop.PolicyKit1 was not provided by any .service files', 'qemu:///system', ['start-polkit']],
    ['The name org.freedesktop.PolicyKit1 was not provided by any .service files', 'qemu+ssh://host/system', []],
    ["Failed to connect socket to '/x': Connection refused", 'qemu+ssh://host/system', []],
    ["Cannot access storage file '/d' (as uid:1000, gid:1000): Permission denied", 'qemu:///session', ['fix-permission']],
    ["Cannot access storage file '/d' (as uid:64055, gid:64055): Permission denied", 'qemu:///system', []],
    ["cannot open directory '/d': No such file or directory", 'qemu:///system', ['make-folder']],
    ['Domain is already active', 'qemu:///system', []],
  ])('%s on %s: %j', (text, uri, expected) => {
    expect(named(text, uri)).toEqual(expected)
  })

  const target = { uri: 'qemu:///system', connection: 'c1' }
  const stopped = (): Promise<never> => Promise.reject(errorFromOutput("error: network 'no uno' is not active", 'qemu:///system'))

  it('start what was stopped, by a request given whole', async () => {
    const asked: string[] = []
    const uuidOf = async (kind: string, name: string): Promise<string> => {
      asked.push(`${kind} ${name}`)
      return 'u-1'
    }
    await expect(withStartRemedy(target, uuidOf, stopped)).rejects.toMatchObject({
      code: 'network-inactive',
      remedies: [{ name: 'start-network', request: { name: 'network.start', input: { connection: 'c1', uuid: 'u-1' } } }],
    })
    expect(asked).toEqual(['network no uno'])
  })

  it('are not offered for a network that is gone, nor for another error', async () => {
    await expect(withStartRemedy(target, async () => null, stopped)).rejects.toMatchObject({ code: 'network-inactive', remedies: [] })
    const other = (): Promise<never> => Promise.reject(new TypeError('x'))
    await expect(withStartRemedy(target, async () => 'u', other)).rejects.toBeInstanceOf(TypeError)
    expect(await withStartRemedy(target, async () => 'u', async () => 7)).toBe(7)
  })
})

describe('sentences', () => {
  it('has one for each code, in both languages, with the same parameters', () => {
    for (const code of errorCodes) {
      const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()
      expect(names(es[code].title), code).toEqual(names(en[code].title))
      expect(Object.keys(es[code]), code).toEqual(Object.keys(en[code]))
    }
    expect(Object.keys(es.remedy)).toEqual(Object.keys(en.remedy))
  })
})

describe('the system’s libvirt', () => {
  it.each([
    [['/usr/sbin/libvirtd', '/run/systemd/system'], 'sudo systemctl start libvirtd'],
    [['/usr/sbin/virtqemud', '/usr/sbin/virtnetworkd', '/run/systemd/system'], 'sudo systemctl start virtqemud.socket virtnetworkd.socket'],
    [['/usr/sbin/libvirtd', '/usr/sbin/virtqemud', '/run/openrc'], 'sudo rc-service libvirtd start'],
    [['/usr/bin/libvirtd'], 'sudo libvirtd -d'],
    [['/run/systemd/system'], 'sudo systemctl start libvirtd'],
  ])('is started, where there are %j, by %s', (there, line) => {
    expect(startLine((path) => there.includes(path))).toBe(line)
  })
})
