import { describe, expect, it } from 'vitest'
import { recogniseDisk, recogniseIso } from '../../../../electron/images/recognise.ts'
import type { IsoHeader } from '../../../../electron/system/iso9660.ts'
import { makeDatabase, usual, type SystemSpec } from './systems.ts'

const header = (more: Partial<IsoHeader>): IsoHeader => ({ volume: '', system: '', publisher: '', application: '', sizeBytes: 1, bootable: true, ...more })
const medium = (iso: string, attributes = 'arch="x86_64"'): string => `<media ${attributes}><iso>${iso}</iso></media>`
const system = (shortId: string, more: string, released = '2020-01-01'): SystemSpec => ({ shortId, name: shortId.toUpperCase(), released, more })

describe('an ISO', () => {
  const database = makeDatabase(
    system('old', medium('<volume-id>^DISC</volume-id>'), '2010-01-01'),
    system('new', medium('<volume-id>^DISC</volume-id>'), '2020-01-01'),
    system('sized', medium('<volume-id>^SIZED</volume-id><volume-size>4096</volume-size>'), '2000-01-01'),
    system('plain', medium('<volume-id>^SIZED</volume-id>'), '2024-01-01'),
    system('live', medium('<volume-id>Live$</volume-id><system-id>LINUX</system-id>', 'arch="x86_64" live="true"')),
    system('arm', medium('<volume-id>^BOTH</volume-id>', 'arch="aarch64"'), '2024-01-01'),
    system('x86', medium('<volume-id>^BOTH</volume-id>'), '2001-01-01'),
    system('loose', medium('<system-id>LINUX</system-id>')),
    system('broken', medium('<volume-id>(?i)[</volume-id>')),
    system('published', medium('<volume-id>^P</volume-id><publisher-id>ACME</publisher-id><application-id>TOOL</application-id>')),
  )
  const found = (more: Partial<IsoHeader>) => recogniseIso(database, header(more), 'file.iso')

  it('is what its descriptors say, exactly', () => {
    expect(found({ volume: 'X Live', system: 'LINUX' })).toMatchObject({ label: 'LIVE', shortLabel: 'live', exact: true, live: true })
    expect(found({ volume: 'X Live', system: 'OTHER' })).toBeNull()
    expect(found({ volume: 'PX', publisher: 'ACME INC', application: 'TOOL 1' })?.label).toBe('PUBLISHED')
    expect(found({ volume: 'PX', publisher: 'ACME INC' })).toBeNull()
  })

  it('of several is the one that knows its size, then this architecture, then the newest', () => {
    expect(found({ volume: 'SIZED', sizeBytes: 4096 })?.label).toBe('SIZED')
    expect(found({ volume: 'SIZED', sizeBytes: 9999 })?.label).toBe('PLAIN')
    expect(found({ volume: 'BOTH' })?.label).toBe('X86')
    expect(found({ volume: 'DISC 1' })?.label).toBe('NEW')
  })

  it('is not known by what half of all ISOs say', () => {
    expect(found({ volume: 'unknown', system: 'LINUX' })).toBeNull()
    expect(found({ volume: '[' })).toBeNull()
  })

  it('that the database lacks goes by its volume’s name, then by its file’s', () => {
    expect(recogniseIso(usual, header({ volume: 'Debian 12.5.0 amd64 1' }), 'x.iso')).toMatchObject({ label: 'Debian 12', exact: false, live: null })
    expect(recogniseIso(usual, header({ volume: 'CDROM' }), 'ubuntu-24.04-desktop.iso')?.label).toBe('Ubuntu 24.04')
    expect(recogniseIso(usual, null, 'Win11.iso')?.label).toBe('Microsoft Windows 11')
    expect(recogniseIso(usual, header({ volume: 'CDROM' }), 'x.iso')).toBeNull()
  })

  it('is live where its names say so, as a word', () => {
    expect(recogniseIso(usual, header({ volume: 'd-live 12.5.0 gn' }), 'x.iso')?.live).toBe(true)
    expect(recogniseIso(usual, null, 'debian-live-12.iso')?.live).toBe(true)
    expect(recogniseIso(usual, null, 'debian-12-olive.iso')?.live).toBeNull()
  })
})

describe('a disk image', () => {
  it('goes by its file’s name', () => {
    expect(recogniseDisk(usual, 'debian-11.qcow2')).toMatchObject({ label: 'Debian 11', live: null })
    expect(recogniseDisk(usual, 'mine.qcow2')).toBeNull()
  })
})
