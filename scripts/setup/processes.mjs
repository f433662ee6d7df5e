// Runs programs with separate arguments, never through a shell.
import { spawn } from 'node:child_process'
import { StringDecoder } from 'node:string_decoder'

/**
 * Runs a program to its end: its lines go to `onLine` as they come, its last words into `tail`.
 * A program that is missing ends with code 127; one that outlives `timeoutMs` is ended with its whole group.
 */
export function runProgram(argv, { cwd, env = {}, onLine = () => undefined, timeoutMs = 0, stdin = 'ignore' } = {}) {
  return new Promise((resolve) => {
    const [program, ...args] = argv
    // A group of its own where there is a limit: what the program has started must end with it.
    const detached = timeoutMs > 0
    const child = spawn(program, args, {
      cwd,
      detached,
      env: { ...process.env, ...env },
      stdio: [stdin, 'pipe', 'pipe'],
    })
    let timedOut = false
    const tail = []
    const take = (line) => {
      if (line.trim() === '') return
      tail.push(line)
      if (tail.length > 15) tail.shift()
      onLine(line)
    }
    for (const stream of [child.stdout, child.stderr]) byLines(stream, take)
    const limit = detached ? setTimeout(() => ((timedOut = true), endGroup(child.pid)), timeoutMs) : undefined
    const finish = (code) => {
      clearTimeout(limit)
      resolve({ code, timedOut, tail: tail.join('\n') })
    }
    child.once('error', (error) => {
      tail.push(error.message)
      finish(127)
    })
    child.once('close', (code) => finish(code ?? 128))
  })
}

function endGroup(pid) {
  try {
    process.kill(-pid, 'SIGKILL')
  } catch {
    // it ended by itself meanwhile
  }
}

function byLines(stream, take) {
  const decoder = new StringDecoder('utf8')
  let rest = ''
  stream.on('data', (chunk) => {
    const lines = (rest + decoder.write(chunk)).split(/\r\n|\r|\n/)
    rest = lines.pop() ?? ''
    lines.forEach(take)
  })
  stream.on('end', () => take(rest + decoder.end()))
}
