import type { TFunction } from 'i18next'
import { beforeAll, describe, expect, it } from 'vitest'
import {
  copiedCommands,
  domainCommand,
  virshDomain,
} from '../../../../renderer/features/machines/commands.ts'
import { chosenFiles, firstTicks, totalBytes } from '../../../../renderer/features/machines/deletion.ts'
import { addressLine, badReason, stateTone, stateWord } from '../../../../renderer/features/machines/facts.ts'
import { firstAction } from '../../../../renderer/features/machines/PowerButton.tsx'
import type { DeletionFile, DomainAddress } from '../../../../shared/model/domain.ts'
import { exampleDomain, exampleUuid } from '../../examples.ts'
import { speak } from '../words.ts'

let t: TFunction
beforeAll(async () => {
  t = await speak('en')
})

const uuid = exampleUuid(1)

describe('the state of a machine', () => {
  it.each([
    ['running', false, 'Running', 'good', 'shutdown'],
    ['blocked', false, 'Running', 'good', 'shutdown'],
    ['shutdown', false, 'Shutting down', 'busy', 'shutdown'],
    ['paused', false, 'Paused', 'warn', 'resume'],
    ['pmsuspended', false, 'Asleep', 'warn', 'resume'],
    ['shutoff', true, 'Saved', 'off', 'start'],
    ['shutoff', false, 'Off', 'off', 'start'],
    ['crashed', false, 'Crashed', 'bad', 'destroy'],
  ] as const)('%s (saved: %s) is "%s", %s, and is followed by %s', (state, saved, word, tone, action) => {
    const domain = exampleDomain({ uuid, name: 'x', state, saved })
    expect([stateWord(t, domain), stateTone(domain), firstAction(domain)]).toEqual([word, tone, action])
  })

  it.each(['I/O error', 'ioerror', 'watchdog', 'crashed', 'panicked', 'failed'])(
    'says more where it is bad: %s',
    (reason) => {
      expect(badReason(t, { reason })).toMatch(/\S/)
    },
  )

  it.each([null, 'booted', 'user', 'toString'])('says no more: %s', (reason) =>
    expect(badReason(t, { reason })).toBeNull(),
  )
})

describe('the address of a machine', () => {
  const address = (text: string, origin: DomainAddress['origin'] = 'lease'): DomainAddress => ({
    address: text,
    prefix: 24,
    mac: null,
    origin,
  })

  it('is the first one, IPv4 before IPv6, with how many more there are', () => {
    expect(addressLine(t, { addresses: [] })).toBe('')
    expect(addressLine(t, { addresses: [address('fe80::1'), address('10.0.0.1'), address('10.0.0.2')] })).toBe(
      '10.0.0.1 and 2 more',
    )
  })

  it('says how an expected one is known, except in the table', () => {
    const addresses = [address('10.0.2.15', 'expected')]
    expect(addressLine(t, { addresses })).toBe('10.0.2.15 (user mode)')
    expect(addressLine(t, { addresses }, { plain: true })).toBe('10.0.2.15')
  })
})

describe('commands to copy', () => {
  it('name the machine, quoted where a shell would change it', () => {
    expect(copiedCommands.map((command) => domainCommand(command, 'qemu:///session', { name: 'web', uuid }))).toEqual([
      'virsh -c qemu:///session dominfo web',
      'virsh -c qemu:///session domstate web',
      'virsh -c qemu:///session dumpxml web',
      'virsh -c qemu:///session domblklist web',
      'virsh -c qemu:///session domiflist web',
      'virsh -c qemu:///session domifaddr web',
    ])
    expect(domainCommand('dominfo', 'qemu:///session', { name: 'mi máquina', uuid })).toBe(
      "virsh -c qemu:///session dominfo 'mi máquina'",
    )
  })

  it.each(['7', '--all', exampleUuid(2), 'a\nb', 'a\u0007'])('take the UUID for a machine called %j', (name) => {
    expect(virshDomain({ name, uuid })).toBe(uuid)
  })

  it.each(['7a', 'all', '', ' ', "'"])('take the name %j', (name) => expect(virshDomain({ name, uuid })).toBe(name))
})

describe('the files of a machine that goes', () => {
  const file = (path: string, more: Partial<DeletionFile> = {}): DeletionFile => ({
    path,
    sizeBytes: 10,
    device: 'disk',
    ticked: true,
    allowed: true,
    reason: 'made-for-this',
    usedBy: [],
    ...more,
  })
  const files = [
    file('/mine'),
    file('/theirs', { ticked: false }),
    file('/shared', { allowed: false }),
    file('/gone', { sizeBytes: null }),
  ]

  it('are ticked as the host says, and never where they may not go', () => {
    expect(firstTicks(files)).toEqual({ '/mine': true, '/theirs': false, '/shared': false, '/gone': true })
  })

  it('are those that are ticked, whatever the ticks say of one that may not go', () => {
    const chosen = chosenFiles(files, { '/mine': true, '/shared': true, '/theirs': false, '/elsewhere': true })
    expect(chosen.map((one) => one.path)).toEqual(['/mine'])
  })

  it('free as much as is known', () => expect(totalBytes(files)).toBe(30))
})
