import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Banner, LossWatch } from '../../../../electron/console/serial-banner.ts'

const polkit = 'Authorization not available. Check if polkit service is running or see debug message for more information.\r\n'
const escape = 'Escape character is ^^ (Ctrl + ^)\r\n'
const bannerOf = (name: string): string => `${polkit}Connected to domain '${name}'\r\n${escape}`

/** Feeds a text cut at the given places and gathers what is left of it. */
function feed(banner: Banner, bytes: Buffer, cuts: readonly number[]): Buffer {
  const places = [0, ...cuts.map((cut) => cut % (bytes.length + 1)).sort((a, b) => a - b), bytes.length]
  return Buffer.concat(places.slice(1).map((end, index) => banner.take(bytes.subarray(places[index] ?? 0, end))))
}

describe('the first lines of virsh console', () => {
  it('are taken off, and nothing else, wherever the stream is cut', () => {
    const pieces = fc.tuple(fc.uint8Array({ maxLength: 300 }), fc.array(fc.nat(600), { maxLength: 40 }), fc.string({ maxLength: 30 }))
    fc.assert(
      fc.property(pieces, ([guest, cuts, name]) => {
        const banner = new Banner()
        const text = Buffer.concat([Buffer.from(bannerOf(name.replaceAll(/[\r\n]/g, ''))), guest])
        expect(feed(banner, text, cuts).equals(Buffer.from(guest))).toBe(true)
        expect(banner.passed).toBe(true)
      }),
      { numRuns: 500 },
    )
  })

  it('go without the polkit line too', () => {
    const banner = new Banner()
    expect(banner.take(Buffer.from(`Connected to domain 'a'\r\n${escape}guest`)).toString()).toBe('guest')
  })

  it('are not ended early by a machine whose name repeats the last line', () => {
    const name = 'Escape character is ^^ (Ctrl + ^)'
    const banner = new Banner()
    expect(banner.take(Buffer.from(`Connected to domain '${name}'\r\n`)).length).toBe(0)
    expect(banner.passed).toBe(false)
    expect(banner.take(Buffer.from(`${escape}x`)).toString()).toBe('x')
  })

  it('leave the same words alone when the guest says them', () => {
    const banner = new Banner()
    banner.take(Buffer.from(bannerOf('a')))
    expect(banner.take(Buffer.from(`Connected to domain 'a'\r\n${escape}`)).toString()).toBe(`Connected to domain 'a'\r\n${escape}`)
  })

  it('tell the reason where virsh does not come in', () => {
    const banner = new Banner()
    banner.take(Buffer.from(`${polkit}error: The domain is not running\r\n\r\n`))
    expect(banner.passed).toBe(false)
    expect(banner.complaint).toBe('The domain is not running')
  })
})

describe("the daemon's death", () => {
  it('is seen wherever its words are cut', () => {
    const words = 'login: error: Disconnected from qemu:///session due to end of file\n'
    for (let cut = 0; cut <= words.length; cut++) {
      const watch = new LossWatch()
      const seen = [words.slice(0, cut), words.slice(cut)].map((part) => watch.sees(Buffer.from(part)))
      expect(seen.some(Boolean)).toBe(true)
    }
  })

  it('is not seen in other words', () => {
    const watch = new LossWatch()
    expect(watch.sees(Buffer.from('Disconnected from qemu:///session\r\nerror: due to end of file\r\n'))).toBe(false)
  })
})
