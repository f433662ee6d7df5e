import { describe, expect, it } from 'vitest'
import { readCapabilities, readEfi, readFreeMemory, readNodeInfo, readProcessOwner } from '../../../../electron/libvirt/capabilities.ts'
import { fixture } from '../../fixtures.ts'

describe('what libvirt says about its host', () => {
  it('memory and processors', () => {
    expect(readNodeInfo(fixture('virsh/nodeinfo.txt'))).toEqual({ cpus: 2, memoryKiB: 17_131_724 })
    expect(readNodeInfo('')).toBeNull()
  })

  it('memory that is free, with what the kernel gives back', () => {
    expect(readFreeMemory('total  :  100 KiB\nfree   :   10 KiB\nbuffers:    3 KiB\ncached :   20 KiB\n')).toBe(33)
    expect(readFreeMemory('total  :  100 KiB\nfree   :   10 KiB\n')).toBe(10)
    expect(readFreeMemory('total  :  100 KiB\n')).toBeNull()
    expect(readFreeMemory(fixture('virsh/nodememstats.txt'))).toBeGreaterThan(1_000_000)
  })

  it('what machines of its own kind can be', () => {
    const { arch, kvm, machineTypes } = readCapabilities(fixture('libvirt/host/capabilities.xml'))
    expect({ arch, kvm }).toEqual({ arch: 'x86_64', kvm: false })
    expect(machineTypes).toEqual(expect.arrayContaining(['q35', 'pc', 'pc-q35-7.2']))
    expect(new Set(machineTypes).size).toBe(machineTypes.length)
  })

  it('whether KVM is offered to its own architecture', () => {
    const guest = (arch: string, type: string, os = 'hvm') => `<guest><os_type>${os}</os_type><arch name='${arch}'><machine>q35</machine><domain type='qemu'/><domain type='${type}'/></arch></guest>`
    const host = (guests: string) => readCapabilities(`<capabilities><host><cpu><arch>x86_64</arch></cpu></host>${guests}</capabilities>`)
    expect(host(guest('i686', 'kvm') + guest('x86_64', 'kvm')).kvm).toBe(true)
    expect(host(guest('i686', 'kvm') + guest('x86_64', 'x')).kvm).toBe(false)
    expect(host(guest('x86_64', 'kvm', 'xen'))).toEqual({ arch: 'x86_64', kvm: false, machineTypes: [] })
  })

  it('of the test driver', () => {
    expect(readCapabilities(fixture('libvirt/host/test-capabilities.xml'))).toMatchObject({ arch: 'i686', kvm: false })
  })

  it('whom QEMU’s processes belong to', () => {
    expect(readProcessOwner(fixture('libvirt/host/capabilities.xml'))).toEqual({ uid: 64055, gid: 64055 })
    expect(readProcessOwner(fixture('libvirt/host/test-capabilities.xml'))).toBeNull()
    const model = (label: string) => `<capabilities><host><secmodel><model>selinux</model></secmodel><secmodel><model>dac</model><baselabel type='kvm'>${label}</baselabel></secmodel></host></capabilities>`
    expect(readProcessOwner(model('+0:+0'))).toEqual({ uid: 0, gid: 0 })
    expect(readProcessOwner(model('qemu:qemu'))).toBeNull()
  })

  it('whether there is UEFI firmware', () => {
    expect(readEfi(fixture('libvirt/host/domcapabilities.xml'))).toBe(true)
    expect(readEfi("<domainCapabilities><os supported='yes'><enum name='firmware'/></os></domainCapabilities>")).toBe(false)
    expect(readEfi("<domainCapabilities><os><enum name='x'><value>efi</value></enum></os></domainCapabilities>")).toBe(false)
  })
})
