import { describe, expect, it } from 'vitest'
import { checkFirstStart } from '../../../../../electron/images/first-start/check.ts'
import { knownLimits, knownLogin } from '../../../../../electron/images/first-start/known-images.ts'
import { secretsIn } from '../../../../../electron/images/first-start/secrets.ts'
import type { FirstStartForm } from '../../../../../shared/model/first-start.ts'
import { textsOf } from '../../../i18n/catalogue.ts'

const remarks = (userData: string, metaData = '', networkConfig = '') =>
  checkFirstStart({ kind: 'documents', userData, metaData, networkConfig }).map(({ level, code, params }) => `${level} ${code} ${String(params['document'])}:${String(params['line'])}`)
const config = (text: string): string[] => remarks(`#cloud-config\n${text}`)

const course = `#cloud-config
seña a los usuarios creados
chpasswd:
  expire: False
  users:
    - name: root
      password: asdasd
      type: text
`

describe('user-data', () => {
  it('S1.16 of the course is refused with the line that is broken, and taken without it', () => {
    expect(remarks(course)).toEqual(['error yaml-no-key user-data:2'])
    const mended = course.split('\n').filter((line) => !line.startsWith('seña')).join('\n')
    expect(remarks(mended)).toEqual(['warning plain-password user-data:6', 'note password-kept user-data:6'])
  })

  it.each(['', 'hostname: x\n', '#cloud-configs\n', ' #cloud-config\n', '#!/bin/sh\n'])('without its header is refused: %j', (text) => {
    expect(remarks(text)).toEqual(['error header user-data:1'])
  })

  it.each(['#cloud-config', '#cloud-config\n', '#cloud-config \r\nhostname: x\r\n', '#cloud-config\n# nothing\n'])('with it is taken: %j', (text) => {
    expect(remarks(text)).toEqual([])
  })

  it.each([
    ['a: [1\nb: 2', 'yaml-unclosed', 3],
    ['a:\n    b: 1\n  c: 2', 'yaml-indent', 4],
    ['a:\n\t- b', 'yaml-tab', 3],
    ['a: "x', 'yaml-unclosed', 2],
    ['a: b: c', 'yaml-second-key', 2],
    ['a: 1\nb: 2\na: 3', 'yaml-twice', 4],
    ['a: @x', 'yaml-start', 2],
    ['a: "\\q"', 'yaml-escape', 2],
    ['a: 1\n---\nb: 2', 'yaml-several', 3],
    ['a: 1\nb', 'yaml-no-key', 3],
    ['- a\nb: c', 'yaml-other', 3],
    ['- a', 'not-a-list-of-keys', 2],
    ['\n# x\nhello', 'not-a-list-of-keys', 4],
  ])('%j is refused: %s in line %i', (text, code, line) => {
    expect(config(text)).toEqual([`error ${code} user-data:${line}`])
  })

  it('with a name that nothing has, or one that would fill the memory, is refused', () => {
    expect(config('a: *x')).toEqual(['error yaml-alias user-data:1'])
    const bomb = ['a0: &a0 [x, x]', ...Array.from({ length: 30 }, (_, index) => `a${index + 1}: &a${index + 1} [*a${index}, *a${index}]`)].join('\n')
    expect(config(bomb)).toEqual(['error yaml-alias user-data:1'])
  })

  it('is read as cloud-init reads it: YAML 1.1', () => {
    expect(config('ssh_pwauth: yes\nchpasswd: { expire: no }\npassword: x')[1]).toBe('note password-kept user-data:4')
  })
})

describe('the other documents', () => {
  it('are checked where there is something in them', () => {
    const good = '#cloud-config\n'
    expect(remarks(good, 'a: [', 'b: 1\nb: 2')).toEqual(['error yaml-unclosed meta-data:1', 'error yaml-twice network-config:2'])
    expect(remarks(good, ' \n', '\n')).toEqual([])
    expect(remarks(good, 'instance-id: x', 'version: 2')).toEqual([])
  })
})

describe('passwords in clear text', () => {
  it.each([
    ['password: asdasd', 2],
    ['users:\n  - name: a\n    plain_text_passwd: x', 4],
    ['users:\n  - name: a\n    passwd: "forgotten hash"', 4],
    ['chpasswd:\n  list: |\n    root:asdasd', 4],
    ['chpasswd:\n  list:\n    - root:asdasd', 4],
    ['chpasswd:\n  users:\n    - {name: root, password: 12345}', 4],
  ])('are warned of with their line: %j', (text, line) => {
    expect(config(text)[0]).toBe(`warning plain-password user-data:${line}`)
  })

  it.each(['ssh_pwauth: true', 'users:\n  - lock_passwd: false', 'password: $6$salt$hash', 'chpasswd:\n  list: |\n    root:$6$a$b\n    ana:RANDOM', 'users:\n  - hashed_passwd: x', 'chpasswd: {expire: false}', 'password:'])('are not seen in %j', (text) => {
    expect(config(text)).toEqual([])
  })
})

describe('what is secret', () => {
  const secrets = (text: string) => secretsIn(text).map((secret) => secret.text)

  it('is found as it stands, quotes aside', () => {
    expect(secrets(`password: "a\\"b"`)).toEqual(['a\\"b'])
    expect(secrets(`wifis: {w: {password: 'it''s'}}`)).toEqual([`it''s`])
    expect(secrets('chpasswd:\n  list: |\n    root:asd asd\n    ana:$6$x$y\n')).toEqual(['asd asd', '$6$x$y'])
    expect(secrets('ssh_keys:\n  rsa_private: |\n    one\n    two\n  rsa_public: p')).toEqual(['one\n    two'])
    expect(secrets('api_key: 5\nauth_token: t\nlock_passwd: true')).toEqual(['5', 't'])
  })

  it('is a private key wherever it stands', () => {
    const key = '-----BEGIN OPENSSH PRIVATE KEY-----\n      abc\n      -----END OPENSSH PRIVATE KEY-----'
    expect(secrets(`write_files:\n  - path: /x\n    content: |\n      ${key}\n`)).toEqual([key])
  })
})

describe('the form', () => {
  const form: FirstStartForm = { kind: 'form', hostName: '', user: '', password: 'x', confirmation: 'x', sshKeys: [], locale: '', keyboard: '', packages: '', update: false }
  const codes = (change: Partial<FirstStartForm>) => checkFirstStart({ ...form, ...change }).map(({ code }) => code)

  it('takes what is usual', () => {
    expect(codes({})).toEqual([])
    expect(codes({ hostName: 'web-1', user: '_a-b', locale: 'ca_ES.UTF-8@valencia', keyboard: 'de(nodeadkeys)', packages: 'g++, python3.11 nginx=1.2-3', sshKeys: ['ssh-ed25519 AAAA ñ a b', 'ecdsa-sha2-nistp256 AAAA='] })).toEqual([])
    expect(codes({ locale: 'C.UTF-8' })).toEqual([])
  })

  it.each([
    [{ hostName: 'mi máquina' }, 'host-name'], [{ hostName: '-a' }, 'host-name'], [{ hostName: 'a'.repeat(64) }, 'host-name'],
    [{ user: 'Ana' }, 'user'], [{ user: '-a' }, 'user'], [{ user: 'a:b' }, 'user'],
    [{ password: 'a\tb', confirmation: 'a\tb' }, 'password-control'], [{ confirmation: '' }, 'confirmation'],
    [{ sshKeys: ['-----BEGIN OPENSSH PRIVATE KEY-----'] }, 'key'], [{ sshKeys: ['ssh-rsa AAAA a\nb'] }, 'key'],
    [{ locale: 'es ES' }, 'locale'], [{ keyboard: 'es; x' }, 'keyboard'], [{ packages: 'a --b' }, 'package'], [{ packages: 'a;b' }, 'package'],
    [{ password: '', confirmation: '' }, 'nobody'],
  ] as const)('says what is wrong: %j, %s', (change, code) => {
    expect(codes(change)).toEqual([code])
  }) // prettier-ignore
})

it('has a sentence for each remark', () => {
  const known = [...textsOf('en').keys()]
  for (const code of ['yaml-other', 'yaml-alias', 'header', 'plain-password', 'nobody', 'login-since', 'login-before', 'cirros']) expect(known).toContain(`findings:first-start-${code}`)
})

it('knows who can log in to CirrOS, and what it leaves out', () => {
  const cirros = (version: string) => `http://cirros-cloud.net/cirros/${version}`
  expect(knownLogin(cirros('0.5.2'))).toEqual({ code: 'login-before', params: { user: 'cirros', password: 'gocubsgo', since: '0.4.0', other: 'cubswin:)' } })
  expect(knownLogin(cirros('0.3.5'))).toEqual({ code: 'login-since', params: { user: 'cirros', password: 'cubswin:)', since: '0.4.0', other: 'gocubsgo' } })
  expect(knownLimits(cirros('0.3.5'))).toBe('cirros')
  expect([knownLogin('http://debian.org/debian/12'), knownLogin(null), knownLimits(null)]).toEqual([null, null, null])
})
