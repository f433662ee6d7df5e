import { describe, expect, it } from 'vitest'
import { lastWords } from '../../../../../electron/libvirt/domain/last-words.ts'

/** As libvirt 9.0 and QEMU 7.2 wrote it, the command shortened. */
const start = '2026-11-21 15:14:58.080+0000: starting up libvirt version: 9.0.0, package: 9.0.0-4+deb12u2 (Debian), qemu version: 7.2.19, kernel: 6.1.0, hostname: lab\n'
const command = 'LC_ALL=C \\\n/usr/bin/qemu-system-x86_64 \\\n-name guest=big,debug-threads=on \\\n-msg timestamp=on\n'
const memory = "qemu-system-x86_64: cannot set up guest memory 'pc.ram': Cannot allocate memory"
const device = "qemu-system-x86_64: -device nosuch: 'nosuch' is not a valid device model name"
const end = '2026-11-21 15:14:58.253+0000: shutting down, reason=failed\n'

describe('QEMU’s last words', () => {
  it('are those since its last start, without their times', () => {
    const log = `${start}${command}2026-11-21T15:14:57.1Z ${device}\n${end}${start}${command}2026-11-21T15:14:58.231Z ${memory}\n${end}`
    expect(lastWords(log)).toBe(memory)
  })

  it('are none where it said nothing since', () => {
    expect(lastWords(`${start}${command}2026-11-21T15:14:57.1Z ${device}\n${end}${start}${command}`)).toBe('')
    expect(lastWords('')).toBe('')
  })

  it('are whole lines: what it is in the middle of saying may be cut anywhere', () => {
    expect(lastWords(`${start}${command}2026-11-21T15:14:58.231Z qemu-system-x86_64: cannot set up`)).toBe('')
  })

  it('leave out that it was told to end', () => {
    expect(lastWords(`${start}${command}2026-11-21T15:14:58.231Z qemu-system-x86_64: terminating on signal 15 from pid 9 (libvirtd)\n${end}`)).toBe('')
  })
})
