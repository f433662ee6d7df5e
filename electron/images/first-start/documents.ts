/** The documents of a seed, as cloud-init's NoCloud reads them. https://docs.cloud-init.io/en/latest/reference/datasources/nocloud.html */
import { stringify } from 'yaml'
import type { FirstStart, FirstStartForm } from '../../../shared/model/first-start.ts'
import { hostNameFrom, packageNames } from '../../../shared/model/first-start-rules.ts'
import { hashPassword } from './password.ts'

export interface SeedDocuments {
  readonly userData: string
  readonly metaData: string
  /** Null where the machine gets none. */
  readonly networkConfig: string | null
  /** The hash of a form's password, as it stands in user-data; null where there is none. */
  readonly passwordHash: string | null
}

export interface SeedMachine {
  /** Tells cloud-init that this is another machine than before. */
  readonly instanceId: string
  readonly name: string
}

/**
 * Every string in double quotes and YAML 1.1, which is what cloud-init reads: `no`, `1_000` and `12:30` stay the words
 * that somebody typed.
 */
const style = { version: '1.1', defaultStringType: 'QUOTE_DOUBLE', defaultKeyType: 'PLAIN', lineWidth: 0 } as const

/** What somebody wrote stays byte by byte; an empty meta-data is made. */
export function seedDocuments(wanted: FirstStart, machine: SeedMachine): SeedDocuments {
  if (wanted.kind === 'form') {
    const passwordHash = wanted.password === '' ? null : hashPassword(wanted.password)
    return { userData: userData(wanted, machine, passwordHash), metaData: metaData(hostNameOf(wanted, machine), machine), networkConfig: null, passwordHash }
  }
  return {
    userData: wanted.userData,
    metaData: wanted.metaData.trim() === '' ? metaData(hostNameFrom(machine.name), machine) : wanted.metaData,
    networkConfig: wanted.networkConfig.trim() === '' ? null : wanted.networkConfig,
    passwordHash: null,
  }
}

const hostNameOf = (form: FirstStartForm, machine: SeedMachine): string => form.hostName.trim() || hostNameFrom(machine.name)

const metaData = (hostName: string, { instanceId }: SeedMachine): string => stringify({ 'instance-id': instanceId, 'local-hostname': hostName }, style)

function userData(form: FirstStartForm, machine: SeedMachine, hash: string | null): string {
  const { locale, keyboard, update } = form
  const packages = packageNames(form.packages)
  const config = {
    hostname: hostNameOf(form, machine),
    // else sudo complains about a host name that it cannot resolve
    manage_etc_hosts: true,
    ...(form.user.trim() === '' ? imageUser(form, hash) : namedUser(form, hash)),
    // without this a first password must be changed at the first login
    ...(hash === null ? {} : { chpasswd: { expire: false }, ssh_pwauth: true }),
    ...(locale.trim() === '' ? {} : { locale: locale.trim() }),
    ...(keyboard.trim() === '' ? {} : { keyboard: { layout: keyboard.trim() } }),
    ...(packages.length === 0 && !update ? {} : { package_update: true }),
    ...(update ? { package_upgrade: true } : {}),
    ...(packages.length === 0 ? {} : { packages }),
  }
  return `#cloud-config\n${stringify(config, style)}`
}

/** The user that the image brings along; a password in crypt's form is taken as a hash. */
function imageUser({ sshKeys }: FirstStartForm, hash: string | null) {
  return {
    ...(hash === null ? {} : { password: hash }),
    ...(sshKeys.length === 0 ? {} : { ssh_authorized_keys: sshKeys }),
  }
}

/** A user of that name alone; `hashed_passwd` holds also where the image has the user already (root). */
function namedUser({ user, sshKeys }: FirstStartForm, hash: string | null) {
  const name = user.trim()
  const rights = name === 'root' ? {} : { shell: '/bin/bash', sudo: hash === null ? 'ALL=(ALL) NOPASSWD:ALL' : 'ALL=(ALL) ALL' }
  const password = hash === null ? {} : { lock_passwd: false, hashed_passwd: hash }
  const keys = sshKeys.length === 0 ? {} : { ssh_authorized_keys: sshKeys }
  return { ...(name === 'root' ? { disable_root: false } : {}), users: [{ name, ...rights, ...password, ...keys }] }
}
