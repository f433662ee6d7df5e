/** What `virsh console` itself prints, told from what the guest says. */

/**
 * Ctrl+^ leaves `virsh console`: the usual Ctrl+] stays the guest's (telnet there needs it). In virsh's notation, as byte,
 * and as virsh prints it.
 */
export const ESCAPE_NAME = '^^'
export const ESCAPE_BYTE = 0x1e
const LAST_LINE = Buffer.from('Escape character is ^^ (Ctrl + ^)\r\n')

/** virsh's own lines are few and short; more than this is none of them, in bytes. */
const MOST = 16 * 1024

/**
 * Takes virsh's first lines ("Connected to domain …", "Escape character is …", and what else it finds to say before
 * them) off a stream that comes in pieces of any size.
 */
export class Banner {
  #held: Buffer = Buffer.alloc(0)
  #passed = false

  /** The last line has come: from here on all is the guest's, and what is typed reaches it. */
  get passed(): boolean {
    return this.#passed
  }

  /** The guest's part of a piece. */
  take(piece: Buffer): Buffer {
    if (this.#passed) return piece
    this.#held = Buffer.concat([this.#held, piece])
    const end = endOfBanner(this.#held)
    if (end < 0) {
      if (this.#held.length > MOST) this.#held = this.#held.subarray(-MOST)
      return Buffer.alloc(0)
    }
    const rest = this.#held.subarray(end)
    this.#passed = true
    this.#held = Buffer.alloc(0)
    return rest
  }
}

/** Just behind the last line; a machine's name may hold that line's words, but not be a line of its own. */
function endOfBanner(text: Buffer): number {
  for (let at = text.indexOf(LAST_LINE); at >= 0; at = text.indexOf(LAST_LINE, at + 1)) {
    if (at === 0 || text[at - 1] === 0x0a) return at + LAST_LINE.length
  }
  return -1
}

const LOST = /error: Disconnected from .* due to /

/** What virsh complains of, which never mixes with the guest's text. */
export class Complaints {
  #said = ''

  /** "lost" where the daemon died: virsh says so, and does not end by itself then. */
  take(piece: Buffer): 'lost' | null {
    this.#said = (this.#said + piece.toString('utf8')).slice(-4_000)
    return LOST.test(this.#said) ? 'lost' : null
  }

  /** The reason where it did not come in, in one line. */
  get text(): string {
    const errors = this.#said.split(/\r?\n/).filter((line) => line.startsWith('error: '))
    return errors.map((line) => line.slice('error: '.length).trim()).join('; ')
  }
}
