import { execFileSync } from 'node:child_process'
import { describe, expect, it } from 'vitest'
import { parse } from 'yaml'
import { bridgeableDevices, bridgeGuide, firstManager, freeBridgeName, guideManagers } from '../../../../renderer/features/new-network/bridge-guide.ts'
import type { HostDevice } from '../../../../shared/model/host-networking.ts'

const device = (name: string, more: Partial<HostDevice> = {}): HostDevice => ({ name, kind: 'wired', up: true, master: null, addresses: [], defaultRoute: false, ...more })

/** What a shell runs of the lines: each `sudo`'s words, one list a command; what is fed to `tee` follows its words. */
function commandsOf(text: string): readonly (readonly string[])[] {
  const shell = `sudo() { printf '\\036'; for word; do printf '%s\\037' "$word"; done; [ "$1" = tee ] && cat; true; } 2>/dev/null\n${text.replaceAll(' > /dev/null', '')}`
  const printed = execFileSync('sh', ['-euc', shell], { encoding: 'utf8' })
  return printed.split('\x1e').slice(1).map((one) => one.split('\x1f').filter((word) => word !== ''))
}

const run = (manager: (typeof guideManagers)[number], name = 'enp1s0') => {
  const guide = bridgeGuide(manager, { device: name, bridge: 'br0' })
  const lines = guide.make.filter((step) => step.how === 'run').flatMap((step) => commandsOf(step.text))
  return { guide, made: lines, undone: commandsOf(guide.undo) }
}

describe('the guide to a bridge', () => {
  it('by NetworkManager makes a bridge and a port that is preferred to the card’s own profile', () => {
    const { made, undone } = run('networkmanager')
    expect(made.map((words) => words.join(' '))).toEqual([
      'nmcli connection add type bridge con-name br0 ifname br0 bridge.stp no connection.autoconnect-slaves 1',
      'nmcli connection add type ethernet slave-type bridge con-name br0-enp1s0 ifname enp1s0 master br0 connection.autoconnect-priority 10',
      'nmcli connection up br0',
    ])
    expect(undone.map((words) => words.join(' '))).toEqual(['nmcli connection delete br0-enp1s0', 'nmcli connection delete br0', 'nmcli device connect enp1s0'])
  })

  it('by ifupdown keeps the old file, by which the card goes down, and puts it back', () => {
    const { guide, made, undone } = run('ifupdown')
    expect(made.map((words) => words.join(' '))).toEqual([
      'apt install bridge-utils',
      'cp -a /etc/network/interfaces /etc/network/interfaces.before-br0',
      'ifdown --interfaces=/etc/network/interfaces.before-br0 enp1s0',
      'ifup br0',
    ])
    expect(guide.make.find((step) => step.how === 'edit')?.text).toBe('auto br0\niface br0 inet dhcp\n    bridge_ports enp1s0\n    bridge_stp off\n    bridge_fd 0')
    expect(undone.map((words) => words.join(' '))).toEqual(['ifdown br0', 'cp -a /etc/network/interfaces.before-br0 /etc/network/interfaces', 'ifup enp1s0'])
  })

  it('by netplan writes a file of its own, which YAML reads as it is meant whatever the card is called', () => {
    for (const name of ['enp1s0', 'on', '1e3', 'a:b', 'x{']) {
      const [write] = run('netplan', name).made
      expect(write?.slice(0, 2)).toEqual(['tee', '/etc/netplan/99-br0.yaml'])
      const content: unknown = parse(write?.[2] ?? '')
      expect(content).toEqual({
        network: {
          version: 2,
          ethernets: { [name]: { dhcp4: false, dhcp6: false } },
          bridges: { br0: { interfaces: [name], dhcp4: true, parameters: { stp: false, 'forward-delay': 0 } } },
        },
      })
    }
    expect(run('netplan').made.slice(1).map((words) => words.join(' '))).toEqual(['chmod 600 /etc/netplan/99-br0.yaml', 'netplan apply'])
    expect(run('netplan').undone.map((words) => words.join(' '))).toEqual(['rm /etc/netplan/99-br0.yaml', 'ip link delete br0', 'netplan apply'])
  })

  it('by systemd-networkd writes three files, and takes all three away', () => {
    const { made, undone } = run('systemd-networkd')
    const files = made.slice(0, 3).map((words) => words[1])
    expect(made.slice(0, 3).map((words) => words[2])).toEqual(['[NetDev]\nName=br0\nKind=bridge\n', '[Match]\nName=enp1s0\n[Network]\nBridge=br0\n', '[Match]\nName=br0\n[Network]\nDHCP=yes\n'])
    expect(made[3]).toEqual(['networkctl', 'reload'])
    expect(undone).toEqual([['rm', ...files], ['ip', 'link', 'delete', 'br0'], ['networkctl', 'reload']])
  })

  it.each(guideManagers)('by %s is quoted for a shell', (manager) => {
    const name = `e'n"$(x);p`
    const { guide, made, undone } = run(manager, name)
    const all = [...made, ...undone].flat().join('\n') + guide.make.map((step) => (step.how === 'edit' ? step.text : '')).join('\n')
    expect(all.includes(name) || all.includes(JSON.stringify(name))).toBe(true)
  })

  it('begins at the manager that was found, and is of cards that can be in a bridge', () => {
    expect([firstManager('netplan'), firstManager('unknown')]).toEqual(['netplan', 'networkmanager'])
    const devices = [
      device('enp2s0', { up: false }), device('enp3s0'), device('enp1s0', { defaultRoute: true }), device('wlp1s0', { kind: 'wireless' }),
      device('enp4s0', { master: 'br1' }), device('br1', { kind: 'bridge' }), device('vnet0', { kind: 'virtual' }),
    ]
    expect(bridgeableDevices({ devices }).map((one) => one.name)).toEqual(['enp1s0', 'enp3s0', 'enp2s0'])
    expect(freeBridgeName({ devices, bridges: [{ name: 'br0', up: true, ports: [], addresses: [] }] })).toBe('br2')
  })
})
