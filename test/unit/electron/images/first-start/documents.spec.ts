import { execFileSync } from 'node:child_process'
import fc from 'fast-check'
import { verify } from 'unixcrypt'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { seedDocuments } from '../../../../../electron/images/first-start/documents.ts'
import { hashPassword } from '../../../../../electron/images/first-start/password.ts'
import type { FirstStartForm } from '../../../../../shared/model/first-start.ts'

const empty: FirstStartForm = { kind: 'form', hostName: '', user: '', password: '', confirmation: '', sshKeys: [], locale: '', keyboard: '', packages: '', update: false }
const machine = { instanceId: '11111111-2222-3333-4444-555555555555', name: 'Mi máquina' }
const made = (change: Partial<FirstStartForm>) => seedDocuments({ ...empty, ...change }, machine)
/** As cloud-init reads it: YAML 1.1. */
const read = (text: string): Record<string, unknown> => parse(text, { version: '1.1' }) as Record<string, unknown>

describe('the documents of a form', () => {
  it('say nothing that was not asked for', () => {
    const { userData, metaData, networkConfig, passwordHash } = made({})
    expect(userData.split('\n')[0]).toBe('#cloud-config')
    expect(read(userData)).toEqual({ hostname: 'mi-maquina', manage_etc_hosts: true })
    expect(read(metaData)).toEqual({ 'instance-id': machine.instanceId, 'local-hostname': 'mi-maquina' })
    expect([networkConfig, passwordHash]).toEqual([null, null])
  })

  it('say all that was', () => {
    const key = 'ssh-ed25519 AAAAC3Nz ana@casa'
    const { userData, passwordHash } = made({ hostName: 'web', user: 'ana', password: 'secreto', confirmation: 'secreto', sshKeys: [key], locale: 'es_ES.UTF-8', keyboard: 'es', packages: 'nginx, git\ncurl', update: true })
    expect(userData).not.toContain('secreto')
    expect(verify('secreto', passwordHash ?? '')).toBe(true)
    expect(read(userData)).toEqual({
      hostname: 'web',
      manage_etc_hosts: true,
      users: [{ name: 'ana', shell: '/bin/bash', sudo: 'ALL=(ALL) ALL', lock_passwd: false, hashed_passwd: passwordHash, ssh_authorized_keys: [key] }],
      chpasswd: { expire: false },
      ssh_pwauth: true,
      locale: 'es_ES.UTF-8',
      keyboard: { layout: 'es' },
      package_update: true,
      package_upgrade: true,
      packages: ['nginx', 'git', 'curl'],
    })
  })

  it('let in by key alone, as root, and as the image’s own user', () => {
    const sshKeys = ['ssh-rsa AAAA a']
    expect(read(made({ user: 'ana', sshKeys }).userData)['users']).toEqual([{ name: 'ana', shell: '/bin/bash', sudo: 'ALL=(ALL) NOPASSWD:ALL', ssh_authorized_keys: sshKeys }])
    expect(read(made({ user: 'root', sshKeys }).userData)).toMatchObject({ disable_root: false, users: [{ name: 'root', ssh_authorized_keys: sshKeys }] })
    const own = made({ password: 'x', sshKeys })
    expect(read(own.userData)).toMatchObject({ password: own.passwordHash, ssh_authorized_keys: sshKeys, chpasswd: { expire: false } })
    expect(read(own.userData)).not.toHaveProperty('users')
  })

  it('read back to what was typed, whatever that was', () => {
    const hostile = fc.oneof(fc.string({ unit: 'grapheme', minLength: 1 }), fc.constantFrom('no', '~', '1_000', '12:30:45', '- a', 'a: b', '# x', '"', "'", '*a', '&a', '!!str', '%YAML', '0x1F', '1e3', ' x ', '=', '<<', '2001-01-01', '{{ ds }}'))
    fc.assert(
      fc.property(hostile, hostile, hostile, (one, two, three) => {
        const config = read(made({ hostName: one, user: 'ana', sshKeys: [two], locale: three }).userData)
        expect(config['hostname']).toBe(one.trim() || 'mi-maquina')
        expect(config['users']).toMatchObject([{ ssh_authorized_keys: [two] }])
        expect(config['locale'] ?? '').toBe(three.trim())
      }),
      { numRuns: 300 },
    )
  })

  it('hash as the system does', () => {
    for (const password of ['asdasd', 'ñandú €', `'"$x \\`, 'x'.repeat(200)]) {
      const hash = hashPassword(password)
      expect(hash).toMatch(/^\$6\$[./A-Za-z0-9]{8,16}\$[./A-Za-z0-9]{86}$/)
      expect(execFileSync('openssl', ['passwd', '-6', '-salt', hash.split('$')[2] ?? '', '-stdin'], { input: `${password}\n`, encoding: 'utf8' }).trim()).toBe(hash)
    }
    expect(hashPassword('x')).not.toBe(hashPassword('x'))
  })
})

describe('documents that somebody wrote', () => {
  it('stay byte by byte', () => {
    const userData = '#cloud-config\r\n a:   "ñ" # x\n\n'
    expect(seedDocuments({ kind: 'documents', userData, metaData: 'a: 1', networkConfig: 'version: 2' }, machine)).toEqual({ userData, metaData: 'a: 1', networkConfig: 'version: 2', passwordHash: null })
  })

  it('get a meta-data where there is none, and no network-config', () => {
    const { metaData, networkConfig } = seedDocuments({ kind: 'documents', userData: '#cloud-config\n', metaData: ' \n', networkConfig: '' }, machine)
    expect(read(metaData)).toEqual({ 'instance-id': machine.instanceId, 'local-hostname': 'mi-maquina' })
    expect(networkConfig).toBeNull()
  })
})
