import { execFile } from 'node:child_process'
import { existsSync, mkdirSync, readFileSync, statSync } from 'node:fs'
import { join } from 'node:path'
import { promisify } from 'node:util'
import { afterEach, describe, expect, it } from 'vitest'
import { asUser } from '../../harness/index.ts'

const run = promisify(execFile)
const alumna = asUser('alumna')
const extrana = asUser('extrana')
const root = asUser('root')

describe('a lab', () => {
  afterEach(async () => {
    await root.exec(['virsh', '-c', 'qemu:///system', 'net-destroy', 'default'])
  })

  it('has a system libvirt of its own, whose network comes up', async () => {
    await root.virsh(['-c', 'qemu:///system', 'net-start', 'default'])
    const { stdout } = await run('ip', ['-brief', 'address', 'show', 'virbr0'])
    expect(stdout).toContain('192.168.122.1/24')
    expect((await run('iptables-save', ['-t', 'nat'])).stdout).toContain('192.168.122.0/24')
  })

  it('lets alumna into the system libvirt and extrana not', async () => {
    expect(await alumna.virsh(['-c', 'qemu:///system', 'net-list', '--all', '--name'])).toContain('default')
    await expect(extrana.virsh(['-c', 'qemu:///system', 'uri'])).rejects.toThrow('Permission denied')
  })

  it('gives each user a session of her own, empty at first', async () => {
    expect((await alumna.virsh(['-c', 'qemu:///session', 'uri'])).trim()).toBe('qemu:///session')
    expect((await extrana.virsh(['-c', 'qemu:///session', 'uri'])).trim()).toBe('qemu:///session')
    expect((await alumna.virsh(['-c', 'qemu:///session', 'net-list', '--all', '--name'])).trim()).toBe('')
  })

  it('has /dev/net/tun open to all', async () => {
    expect(statSync('/dev/net/tun').mode & 0o777).toBe(0o666)
    const done = await extrana.exec(['sh', '-c', ': <> /dev/net/tun'])
    expect(done.stderr).toBe('')
  })

  it('shows only its own processes, interfaces and run files', async () => {
    const { stdout } = await run('ps', ['-e', '-o', 'pid=,comm='])
    expect(stdout.split('\n')[0]).toMatch(/^ +1 /)
    expect(stdout).toContain('libvirtd')
    expect(readFileSync('/proc/net/dev', 'utf8')).not.toMatch(/eth0|enp|wlan/)
    expect(existsSync('/run/systemd')).toBe(false)
  })

  it('cannot write what is the machine’s own, not even the clone that its tests come from', () => {
    for (const folder of ['/', '/etc', '/usr', '/var/lib', import.meta.dirname]) {
      expect(() => mkdirSync(join(folder, 'not-here')), folder).toThrow('EROFS')
    }
  })

  it('reaps orphans', async () => {
    await run('sh', ['-c', '(sleep 0.05 &) ; exit 0'])
    await expect
      .poll(async () =>
        (await run('ps', ['-e', '-o', 'stat=,comm='])).stdout.split('\n').filter((line) => /^Z.* sleep/.test(line)),
      )
      .toEqual([])
  })

  it('lets alumna run Node and read what was brought in for her', async () => {
    const done = await alumna.exec(['/run/lab/bin/node', '-p', 'process.version'])
    expect(done.stdout.trim()).toBe(process.version)
  })
})
