import { describe, expect, it } from 'vitest'
import { followApt } from '../../../scripts/setup/apt-progress.mjs'
import { choosePackageManager } from '../../../scripts/setup/machine.mjs'
import { installLine, isPresent, listPrerequisites, packagesOf } from '../../../scripts/setup/prerequisites.mjs'

describe('what is missing', () => {
  const check = { programs: [['a'], ['b', 'c']] }
  it.each([
    [['a', 'b'], true],
    [['a', 'c'], true],
    [['a'], false],
    [['b', 'c'], false],
  ])('with the programs %j: present is %s', (there, present) => {
    expect(isPresent({ check }, (name) => there.includes(name))).toBe(present)
  })

  it('is found by one of several files too', () => {
    const item = { check: { files: ['/one', '/two'] } }
    expect(isPresent(item, undefined, (path) => path === '/two')).toBe(true)
    expect(isPresent(item, undefined, () => false)).toBe(false)
  })

  it('has its groups apart', () => {
    const ids = (groups: ('run' | 'test')[]) => listPrerequisites(groups).map((item) => item.id)
    expect(ids(['run'])).toContain('libvirt-daemon')
    expect(ids(['run'])).not.toContain('chromium')
    expect(ids(['run', 'test'])).toEqual(expect.arrayContaining(['libvirt-daemon', 'chromium']))
  })

  it('gives each package once, in a line for each manager', () => {
    const items = [{ packages: { apt: ['b', 'a'] } }, { packages: { apt: ['a'] } }, { packages: { dnf: ['x'] } }]
    expect(packagesOf(items, 'apt')).toEqual(['a', 'b'])
    expect(installLine('apt', ['a', 'b'])).toBe('sudo apt-get install --yes --no-install-recommends a b')
    expect(installLine('dnf', ['a'])).toBe('sudo dnf install --assumeyes a')
    expect(installLine('pacman', ['a'])).toBe('sudo pacman --sync --needed --noconfirm a')
    expect(installLine('zypper', ['a'])).toBe('sudo zypper --non-interactive install --no-recommends a')
  })
})

describe('the package manager', () => {
  const all = ['apt-get', 'dnf', 'pacman', 'zypper']
  it.each<[string, string[], string | undefined]>([
    ['ID=debian\n', all, 'apt'],
    ['NAME="Linux Mint"\nID=linuxmint\nID_LIKE="ubuntu debian"\n', all, 'apt'],
    ['ID=fedora\n', all, 'dnf'],
    ['ID="rocky"\nID_LIKE="rhel centos fedora"\n', all, 'dnf'],
    ['ID="opensuse-tumbleweed"\nID_LIKE="opensuse suse"\n', all, 'zypper'],
    ['ID=endeavouros\nID_LIKE=arch\n', all, 'pacman'],
    ['ID=debian\n', ['dnf'], 'dnf'],
    ['', ['zypper'], 'zypper'],
    ['ID=nixos\n', [], undefined],
  ])('of %j with %j is %s', (release, programs, manager) => {
    expect(choosePackageManager(release, (name) => programs.includes(name))).toBe(manager)
  })
})

describe("apt's progress", () => {
  it('is counted from what apt-get prints', () => {
    const lines = [
      'Reading package lists...',
      '1 upgraded, 3 newly installed, 0 to remove and 3 not upgraded.',
      'Get:1 http://mirror.example/debian bookworm/main amd64 libvirt0 amd64 9.0.0-4 [3,000 kB]',
      'Fetched 3,000 kB in 0s (20.0 MB/s)',
      'Selecting previously unselected package libvirt0:amd64.',
      'Unpacking libvirt0:amd64 (9.0.0-4) ...',
      'Unpacking swtpm (0.7.1) over (0.7.0) ...',
      'Setting up libvirt0:amd64 (9.0.0-4) ...',
    ]
    const follow = followApt()
    expect(lines.map(follow)).toEqual([
      undefined,
      undefined,
      { phase: 'fetching', percent: 25 },
      undefined,
      undefined,
      { phase: 'installing', name: 'libvirt0', percent: 12 },
      { phase: 'installing', name: 'swtpm', percent: 25 },
      { phase: 'installing', name: 'libvirt0', percent: 37 },
    ])
  })

  it('is never more than 99 before the end, whatever is counted', () => {
    const follow = followApt()
    expect(follow('Get:1 http://mirror.example x')).toEqual({ phase: 'fetching', percent: 0 })
    follow('0 upgraded, 1 newly installed, 0 to remove and 0 not upgraded.')
    follow('Unpacking a (1) ...')
    follow('Setting up a (1) ...')
    expect(follow('Setting up b (1) ...')).toEqual({ phase: 'installing', name: 'b', percent: 99 })
  })
})
