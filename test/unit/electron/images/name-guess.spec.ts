import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { guessFromName } from '../../../../electron/images/name-guess.ts'
import { makeDatabase, usual } from './systems.ts'

describe('a file’s name', () => {
  it.each([
    ['debian-11-generic-amd64.qcow2', 'Debian 11', 'debian11', true],
    ['debian-11.6.0-amd64-netinst.iso', 'Debian 11', 'debian11', true],
    ['debian-12-generic-amd64-20240211-1654.qcow2', 'Debian 12', 'debian12', false],
    ['debian-live-12.5.0-amd64-gnome.iso', 'Debian 12', 'debian12', false],
    ['d-live 11.3.0 gn amd64', 'Debian 11', 'debian11', true],
    ['debian-bookworm.qcow2', 'Debian 12', 'debian12', false],
    ['bullseye-server-cloudimg-amd64.img', 'Debian 11', 'debian11', true],
    ['Debian.qcow2', 'Debian 11', 'debian11', true],
    ['debian-8-old.qcow2', 'Debian 8', 'debian8', false],
    ['ubuntu-22.04.3-live-server-amd64.iso', 'Ubuntu 22.04 LTS', 'ubuntu22.04', true],
    ['ubuntu-24.04-desktop-amd64.iso', 'Ubuntu 24.04', 'ubuntu24.04', false],
    ['ubuntu-24.04.1-live-server-amd64.iso', 'Ubuntu 24.04', 'ubuntu24.04', false],
    ['jammy-server-cloudimg-amd64.img', 'Ubuntu 22.04 LTS', 'ubuntu22.04', true],
    ['noble-server-cloudimg-amd64.img', 'Ubuntu 24.04', 'ubuntu24.04', false],
    ['Fedora-Cloud-Base-38-1.6.x86_64.qcow2', 'Fedora Linux 38', 'fedora38', true],
    ['Fedora-Workstation-Live-x86_64-40-1.14.iso', 'Fedora Linux 40', 'fedora40', false],
    ['fedora.qcow2', 'Fedora Linux 38', 'fedora38', true],
    ['alpine-virt-3.17.2-x86_64.iso', 'Alpine Linux 3.17', 'alpinelinux3.17', true],
    ['alpine-standard-3.20.0-x86_64.iso', 'Alpine Linux 3.20', 'alpinelinux3.20', false],
    ['cirros-0.5.2-x86_64-disk.img', 'CirrOS 0.5.2', 'cirros0.5.2', true],
    ['cirros-0.6.2-x86_64-disk.img', 'CirrOS 0.6.2', 'cirros0.6.2', false],
    ['rhel-9.1-x86_64-kvm.qcow2', 'Red Hat Enterprise Linux 9.1', 'rhel9.1', true],
    ['CentOS-Stream-GenericCloud-9-20230123.0.x86_64.qcow2', 'CentOS Stream 9', 'centos-stream9', true],
    ['CentOS-7-x86_64-GenericCloud-2009.qcow2', 'CentOS 7', 'centos7', false],
    ['openSUSE-Leap-15.4.x86_64-NoCloud.qcow2', 'openSUSE Leap 15.4', 'opensuse15.4', true],
    ['FreeBSD-13.1-RELEASE-amd64.qcow2', 'FreeBSD 13.1', 'freebsd13.1', true],
    ['archlinux-2023.04.01-x86_64.iso', 'Arch Linux', 'archlinux', true],
    ['Arch-Linux-x86_64-basic.qcow2', 'Arch Linux', 'archlinux', true],
    ['Win11_23H2_Spanish_x64v2.iso', 'Microsoft Windows 11', 'win11', true],
    ['Win10_22H2_x64.iso', 'Microsoft Windows 10', 'win10', true],
    ['windows-8.1-enterprise.vhd', 'Microsoft Windows 8.1', 'win8.1', true],
    ['windows server 2022.vhdx', 'Microsoft Windows Server 2022', 'win2k22', true],
    ['win2012-r2.qcow2', 'Microsoft Windows Server 2012 R2', 'win2k12r2', true],
  ])('%s is %s', (name, label, shortLabel, exact) => {
    expect(guessFromName(usual, name)).toMatchObject({ label, shortLabel, exact })
  })

  it.each(['my disk.qcow2', 'virtio-win-0.1.240.iso', 'ipxe.iso', 'search.img', 'twin11.qcow2', 'darwin.img', 'disco.qcow2', 'windows.qcow2', 'gold-9.raw', '', '.iso'])('%j says nothing', (name) => {
    expect(guessFromName(usual, name)).toBeNull()
  })

  it('never fails, whatever it is, and finds nothing where there is no database', () => {
    fc.assert(fc.property(fc.string({ unit: 'grapheme' }), (name) => void guessFromName(usual, `debian ${name}`)))
    expect(guessFromName(makeDatabase(), 'debian-12.qcow2')).toBeNull()
    expect(guessFromName(makeDatabase(), 'Win11.iso')).toBeNull()
  })

  it('stands on the nearest older system, whose devices hold', () => {
    expect(guessFromName(usual, 'debian-12.qcow2')?.system.shortId).toBe('debian11')
    expect(guessFromName(usual, 'ubuntu-21.10.iso')?.system.shortId).toBe('ubuntu20.04')
    expect(guessFromName(usual, 'debian-8.qcow2')?.system.shortId).toBe('debian9')
  })
})
