/** What libvirt announces by itself: four streams of virsh that live as long as the connection is watched. */
import { AppError } from '../../shared/model/error.ts'
import { stream, type StreamProcess } from '../system/exec.ts'
import { isCode, errorFromOutput } from './errors.ts'
import { readEventLine, type Hint } from './event-lines.ts'
import type { Target } from './target.ts'
import { uriToOpen, virshEnvironment } from './virsh.ts'

export { readEventLine, type Hint, type HintKind } from './event-lines.ts'

export interface EventListener {
  onHint(hint: Hint): void
  /** The connection is gone; called once. Nothing comes any more. */
  onLost(error: AppError): void
}

export interface EventWatch {
  /** Ends the streams; nothing is called any more. */
  stop(): void
  /** Resolves when every stream listens, or is lost: what is read after it misses no change. */
  readonly ready: Promise<void>
  /** Resolves when no process of the watch is left. */
  readonly ended: Promise<void>
}

/** libvirt 9 has no `--all` for pools, so lifecycle and refresh are two loops. */
const loops: readonly string[] = [
  'event --all --loop --timestamp',
  'net-event --event lifecycle --loop --timestamp',
  'pool-event --event lifecycle --loop --timestamp',
  'pool-event --event refresh --loop --timestamp',
]

const READY = 'vivero-listens'

/** Watches a connection. A driver that has no events of a kind is watched for the others. */
export function watchEvents(target: Target, listener: EventListener): EventWatch {
  let over = false
  const stop = (): void => {
    over = true
    for (const one of streams) one.process.stop()
  }
  const lost = (error: AppError): void => {
    if (over) return
    stop()
    listener.onLost(error)
  }
  const hint = (text: string): void => {
    const found = over ? null : readEventLine(text)
    if (found) listener.onHint(found)
  }
  const streams = loops.map((loop) => follow(target, loop, hint, lost))
  return {
    stop,
    ready: Promise.all(streams.map((one) => one.ready)).then(() => undefined),
    ended: Promise.all(streams.map((one) => one.process.ended)).then(() => undefined),
  }
}

/** setpriv: a stream also ends when this process is killed and cannot end it. */
function follow(target: Target, loop: string, onLine: (text: string) => void, onLost: (error: AppError) => void): { process: StreamProcess; ready: Promise<void> } {
  // stderr is written at once, so the word is heard when the connection stands and the loop is about to begin
  const words = ['-q', '-c', uriToOpen(target), `echo --err ${READY}; ${loop}`]
  const process = stream('setpriv', ['--pdeathsig', 'TERM', 'virsh', ...words], { env: virshEnvironment })
  let complaint = ''
  const ready = new Promise<void>((resolve) => {
    onText(process.stderr, (text) => {
      complaint = `${complaint}${text}`.slice(-20_000)
      if (complaint.includes(READY)) resolve()
    })
    void process.ended.then(({ exitCode, missing }) => {
      resolve()
      const error = endOf(complaint, exitCode, missing, target.uri)
      if (error) onLost(error)
    })
  })
  eachLine(process.stdout, onLine)
  return { process, ready }
}

/** Why a stream ended; null where only this kind of event is not to be had. */
function endOf(complaint: string, exitCode: number | null, missing: boolean, uri: string): AppError | null {
  if (missing || exitCode === 127) return new AppError('virsh-missing', {}, complaint || null)
  const error = errorFromOutput(complaint.replace(`error: ${READY}\n`, ''), uri)
  if (isCode(error, 'unsupported')) return null
  return error.code === 'libvirt' ? new AppError('connection-gone', { uri }, error.detail) : error
}

function onText(source: NodeJS.ReadableStream, use: (text: string) => void): void {
  source.setEncoding('utf8')
  source.on('data', (chunk: string | Buffer) => use(chunk.toString()))
}

function eachLine(source: NodeJS.ReadableStream, use: (line: string) => void): void {
  let rest = ''
  onText(source, (text) => {
    const lines = `${rest}${text}`.split('\n')
    rest = lines.pop() ?? ''
    lines.forEach(use)
  })
}
