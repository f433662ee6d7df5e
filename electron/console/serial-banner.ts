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
 * Takes virsh's first lines (polkit's complaint, "Connected to domain …", "Escape character is …") off a stream that
 * comes in pieces of any size.
 */
export class Banner {
  #held: Buffer = Buffer.alloc(0)
  #passed = false

  /** The last line has come: from here on all is the guest's, and what is typed reaches it. */
  get passed(): boolean {
    return this.#passed
  }

  /** What virsh said so far, without its known lines: the reason where it ends before the last of them. */
  get complaint(): string {
    const lines = this.#held.toString('utf8').split(/\r?\n/).map((line) => line.trim())
    const own = lines.filter((line) => line !== '' && !/^(Authorization not available|Connected to domain)/.test(line))
    return own.map((line) => line.replace(/^error: /, '')).join('; ')
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

const LOST = /error: Disconnected from [^\r\n]{1,500} due to /

/**
 * Watches for virsh's last words when the daemon dies: it does not end by itself then. A guest that prints the same only
 * ends its own console, which the page opens again.
 */
export class LossWatch {
  #tail = ''

  /** True once the words have come. */
  sees(piece: Buffer): boolean {
    const text = this.#tail + piece.toString('latin1')
    this.#tail = text.slice(-600)
    return LOST.test(text)
  }
}
