/** A machine's serial port through `virsh console`, which wants a terminal: `script` gives it one. */
import { uriToOpen, virshEnvironment, virshReadOne } from '../libvirt/virsh.ts'
import type { Target } from '../libvirt/target.ts'
import { parseXml } from '../libvirt/xml/document.ts'
import { stream, type StreamProcess } from '../system/exec.ts'
import { closeCodes, type Channel, type ChannelEnd } from './channel.ts'
import { Banner, Complaints, ESCAPE_BYTE, ESCAPE_NAME } from './serial-banner.ts'
import { serialDevice, type SerialDevice } from './serial-device.ts'

/**
 * Constants: every value comes by the environment, so that none is read as a command. virsh's complaints go past the
 * terminal, on our pipe.
 */
const IN_TERMINAL = `stty rows 24 cols 80 2>/dev/null; exec virsh -e '${ESCAPE_NAME}' -c "$VIRSH_URI" console --domain="$VIRSH_UUID" --devname="$VIRSH_DEVICE" --force 2>&9 9>&-`
const OUTSIDE = 'exec 9>&2; exec script -qefc "$VIVERO_IN_TERMINAL" /dev/null'
/** virsh has to be connected by then, in milliseconds. */
const READY_MS = 20_000
/** virsh leaves by itself when it reads its escape byte; else it is killed, in milliseconds. */
const LEAVE_MS = 1_000
/** Keys that wait until virsh is connected, in bytes. */
const MOST_EARLY = 64 * 1024

/** Checks that the machine runs and has the port. Errors: not-found, not-active, no-serial. */
export async function findSerial(target: Target, uuid: string, port: number): Promise<SerialDevice> {
  return serialDevice(parseXml(await virshReadOne(target, ['dumpxml', `--domain=${uuid}`])), port)
}

/** A session with the port, taken over from whoever has it. The process starts with start(). */
export function serialChannel(target: Target, uuid: string, device: SerialDevice): Channel {
  let session: Session | null = null
  let closed = false
  return {
    start: (onData, onEnd) => {
      if (!closed) session = new Session(target, uuid, device, onData, onEnd)
    },
    write: (bytes) => session?.write(bytes),
    get unwritten() {
      return session?.unwritten ?? 0
    },
    pause: () => void session?.process.stdout.pause(),
    resume: () => void session?.process.stdout.resume(),
    close: () => {
      closed = true
      session?.leave()
    },
  }
}

class Session {
  readonly process: StreamProcess
  readonly #banner = new Banner()
  readonly #complaints = new Complaints()
  readonly #onEnd: (end: ChannelEnd) => void
  readonly #ready: NodeJS.Timeout
  #early: Buffer[] = []
  #leaving: NodeJS.Timeout | null = null
  #told = false

  constructor(target: Target, uuid: string, device: SerialDevice, onData: (bytes: Buffer) => void, onEnd: (end: ChannelEnd) => void) {
    this.#onEnd = onEnd
    this.process = stream('setpriv', ['--pdeathsig', 'KILL', 'sh', '-c', OUTSIDE], {
      env: {
        ...virshEnvironment,
        VIVERO_IN_TERMINAL: IN_TERMINAL,
        SHELL: '/bin/sh',
        TERM: 'xterm-256color',
        VIRSH_URI: uriToOpen(target),
        VIRSH_UUID: uuid,
        VIRSH_DEVICE: device.alias,
      },
    })
    this.#ready = setTimeout(() => this.#fail({ code: closeCodes.daemonGone, reason: 'timeout' }), READY_MS)
    this.process.stdout.on('data', (piece: Buffer) => this.#take(piece, onData))
    this.process.stderr.on('data', (piece: Buffer) => {
      if (this.#complaints.take(piece) === 'lost') this.#fail({ code: closeCodes.daemonGone, reason: '' })
    })
    void this.process.ended.then(async ({ exitCode, missing }) => {
      clearTimeout(this.#ready)
      if (this.#leaving) clearTimeout(this.#leaving)
      if (this.#told) return
      this.#tell(missing ? { code: closeCodes.failed, reason: 'setpriv' } : await this.#endOf(exitCode, target, uuid, device))
    })
  }

  get unwritten(): number {
    const waiting = this.#early.reduce((sum, piece) => sum + piece.length, 0)
    return waiting + ('writableLength' in this.process.stdin ? Number(this.process.stdin.writableLength) : 0)
  }

  /** The byte that would make virsh leave is left out. */
  write(bytes: Buffer): void {
    const keys = bytes.filter((byte) => byte !== ESCAPE_BYTE)
    if (this.#banner.passed) this.process.stdin.write(keys)
    else if (this.unwritten + keys.length <= MOST_EARLY) this.#early.push(Buffer.from(keys))
  }

  /** Ends virsh in its own way, and by force where that does not work. */
  leave(): void {
    this.#told = true
    if (this.#leaving) return
    this.#leaving = setTimeout(() => this.process.stop(), LEAVE_MS)
    clearTimeout(this.#ready)
    this.process.stdout.resume() // a paused reader would keep it from ending
    if (this.#banner.passed) this.process.stdin.write(Buffer.of(ESCAPE_BYTE))
    else this.process.stop()
  }

  #take(piece: Buffer, onData: (bytes: Buffer) => void): void {
    const before = this.#banner.passed
    const bytes = this.#banner.take(piece)
    if (!before && this.#banner.passed) {
      clearTimeout(this.#ready)
      for (const early of this.#early) this.process.stdin.write(early)
      this.#early = []
    }
    if (!this.#told && bytes.length > 0) onData(bytes)
  }

  #fail(end: ChannelEnd): void {
    this.#tell(end)
    this.leave()
  }

  #tell(end: ChannelEnd): void {
    if (this.#told) return
    this.#told = true
    this.#onEnd(end)
  }

  /** virsh ends with 0 where the machine's end of the port closed, and with 1 where it was thrown out or never came in. */
  async #endOf(exitCode: number | null, target: Target, uuid: string, device: SerialDevice): Promise<ChannelEnd> {
    if (exitCode === 0) return { code: closeCodes.machineEnded, reason: '' }
    const goesOn = await stillRuns(target, uuid, device.domainId)
    if (goesOn === null) return { code: closeCodes.daemonGone, reason: '' }
    if (!goesOn) return { code: closeCodes.machineEnded, reason: '' }
    if (this.#banner.passed) return { code: closeCodes.takenOver, reason: '' }
    // without a word, as where libvirt dies while it is asked: worth another try
    const reason = this.#complaints.text
    return { code: reason === '' ? closeCodes.daemonGone : closeCodes.failed, reason }
  }
}

/** A machine that just died may be listed a moment longer: it is asked for twice. Null where libvirt does not answer. */
async function stillRuns(target: Target, uuid: string, domainId: string): Promise<boolean | null> {
  try {
    for (const wait of [0, 300]) {
      await new Promise((resolve) => setTimeout(resolve, wait))
      const id = await virshReadOne(target, ['domid', `--domain=${uuid}`])
      if (id.trim() !== domainId) return false
    }
    return true
  } catch {
    return null
  }
}
