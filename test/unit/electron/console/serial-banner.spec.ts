import fc from 'fast-check'
import { describe, expect, it } from 'vitest'
import { Banner, Complaints } from '../../../../electron/console/serial-banner.ts'

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
})

describe("what virsh complains of", () => {
  const said = (...pieces: string[]): Complaints => {
    const complaints = new Complaints()
    for (const piece of pieces) complaints.take(Buffer.from(piece))
    return complaints
  }

  it('is told in one line, without its noise, wherever it is cut', () => {
    const words = `${polkit}error: The domain is not running\r\n\r\nerror: second\n`
    for (let cut = 0; cut <= words.length; cut++) expect(said(words.slice(0, cut), words.slice(cut)).text).toBe('The domain is not running; second')
    expect(said(polkit).text).toBe('')
  })

  it("is the daemon's death wherever its words are cut", () => {
    const words = 'error: Disconnected from qemu:///session due to end of file\n'
    for (let cut = 0; cut <= words.length; cut++) {
      const complaints = new Complaints()
      const seen = [words.slice(0, cut), words.slice(cut)].map((part) => complaints.take(Buffer.from(part)))
      expect(seen).toContain('lost')
    }
  })

  it('is no death in other words', () => {
    const complaints = new Complaints()
    expect(complaints.take(Buffer.from('Disconnected from qemu:///session\r\nerror: due to end of file\r\n'))).toBeNull()
  })

  it('is kept short, its end first', () => {
    const complaints = said('error: old\n', 'x'.repeat(1_000_000), '\nerror: new\n')
    expect(complaints.text).toBe('new')
  })
})
