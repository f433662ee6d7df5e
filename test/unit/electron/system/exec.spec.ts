import { readFileSync, writeFileSync } from 'node:fs'
import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { run, stream } from '../../../../electron/system/exec.ts'
import { runWithSocket } from '../../../../electron/system/socket-process.ts'
import { until } from '../../../harness/poll.ts'

const alive = (pid: number | undefined): boolean => {
  try {
    return pid !== undefined && process.kill(pid, 0)
  } catch {
    return false
  }
}

describe('a program that runs to its end', () => {
  it('gets its words as they are, and its exit status is an outcome', async () => {
    const words = ['a b', "it's", '$(id)', '', '-n', 'x\ny']
    expect(await run('sh', ['-c', 'printf "%s|" "$@"; echo no >&2; exit 3', 'sh', ...words])).toEqual({
      exitCode: 3, stdout: words.map((word) => `${word}|`).join(''), stderr: 'no\n',
    })
  })

  it('has this process’s environment and what is added to it', async () => {
    const { stdout } = await run('sh', ['-c', 'printf "%s %s" "$HOME" "$EXTRA"'], { env: { EXTRA: 'x y' } })
    expect(stdout).toBe(`${process.env['HOME'] ?? ''} x y`)
  })

  it('may be given something to read, and reads nothing else', async () => {
    expect((await run('cat', [], { input: 'abc' })).stdout).toBe('abc')
    expect((await run('cat', [])).stdout).toBe('')
  })

  it('may print bytes that are no UTF-8', async () => {
    expect((await run('printf', ['a\\377b\\303\\261'])).stdout).toBe('a\ufffdbñ')
  })

  it('is heard while it runs', async () => {
    const folder = await mkdtemp(join(tmpdir(), 'vivero-exec-'))
    const answer = join(folder, 'answer')
    let pid: number | null = null
    try {
      // each word waits for what the one before has called
      const script = 'echo one >&2; until [ -e "$1" ]; do sleep 0.02; done; echo two'
      const heard: string[] = []
      const { stdout } = await run('sh', ['-c', script, 'sh', answer], {
        timeoutMs: 10_000,
        onStart: (id) => (pid = id),
        onStderr: (text) => {
          heard.push(text)
          writeFileSync(answer, String(pid))
        },
        onStdout: (text) => heard.push(text),
      })
      expect([stdout, heard]).toEqual(['two\n', ['one\n', 'two\n']])
      expect(Number(readFileSync(answer, 'utf8'))).toBeGreaterThan(1)
    } finally {
      await rm(folder, { recursive: true })
    }
  })

  it('that does not exist is missing', async () => {
    await expect(run('vivero-no-such-program', [])).rejects.toMatchObject({ code: 'program-missing', params: { program: 'vivero-no-such-program' } })
  })

  it('that takes too long is ended, with its limit told', async () => {
    await expect(run('sleep', ['60'], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout', params: { program: 'sleep' } })
    await expect(run('sleep', ['60'], { timeoutMs: 1_000 })).rejects.toMatchObject({ params: { seconds: 1 } })
  })

  it('that is called off is ended, also before it began', async () => {
    const off = new AbortController()
    const running = run('sleep', ['60'], { signal: off.signal })
    off.abort()
    await expect(running).rejects.toMatchObject({ code: 'cancelled' })
    await expect(run('true', [], { signal: off.signal })).rejects.toMatchObject({ code: 'cancelled' })
  })

  it('that says too much is stopped', async () => {
    await expect(run('sh', ['-c', 'yes | head -c 100000'], { maxBytes: 1_000 })).rejects.toMatchObject({ code: 'too-large', params: { program: 'sh' } })
  })

  it('that is killed by somebody else is a fault', async () => {
    await expect(run('sh', ['-c', 'kill -KILL $$'])).rejects.toMatchObject({ code: 'internal' })
  })
})

describe('a program that stays', () => {
  it('is read and written to, and ends when it is told to', async () => {
    const process = stream('sh', ['-c', 'echo ready; read -r word; echo "got $word"; exec sleep 60'])
    let said = ''
    process.stdout.setEncoding('utf8')
    process.stdout.on('data', (text: string) => (said += text))
    await until('its first word', 5_000, () => (said.includes('ready') ? true : undefined))
    process.stdin.write('x\n')
    await until('its answer', 5_000, () => (said.includes('got x') ? true : undefined))
    expect(alive(process.pid)).toBe(true)
    process.stop()
    expect(await process.ended).toEqual({ exitCode: null, missing: false })
    expect(alive(process.pid)).toBe(false)
  })

  it('that is deaf is killed two seconds later', async () => {
    const process = stream('sh', ['-c', 'trap "" TERM; echo deaf; while :; do sleep 0.1; done'])
    await new Promise((resolve) => process.stdout.once('data', resolve))
    const told = Date.now()
    process.stop()
    await process.ended
    expect(Date.now() - told).toBeGreaterThan(1_000)
    expect(alive(process.pid)).toBe(false)
  })

  it('tells how it ended, and never fails', async () => {
    const ended = (file: string, args: readonly string[]) => {
      const process = stream(file, args)
      process.stdout.resume()
      process.stderr.resume()
      process.stdin.write('into nothing')
      return process.ended
    }
    expect(await ended('sh', ['-c', 'exit 7'])).toEqual({ exitCode: 7, missing: false })
    expect(await ended('vivero-no-such-program', [])).toEqual({ exitCode: null, missing: true })
  })
})

describe('a program with one end of a socket pair', () => {
  it('passes it on; what was written before its end is not lost', async () => {
    const { exitCode, stdout, stderr, socket } = await runWithSocket('sh', ['-c', 'printf hello >&3; echo out; echo err >&2; exit 2'])
    expect({ exitCode, stdout, stderr }).toEqual({ exitCode: 2, stdout: 'out\n', stderr: 'err\n' })
    const said = await new Promise<string>((resolve) => {
      let text = ''
      socket.on('data', (bytes: Buffer) => (text += bytes.toString()))
      socket.once('end', () => resolve(text))
      socket.resume()
    })
    expect(said).toBe('hello')
    socket.destroy()
  })

  it('is missing, or takes too long', async () => {
    await expect(runWithSocket('vivero-no-such-program', [])).rejects.toMatchObject({ code: 'program-missing' })
    await expect(runWithSocket('sleep', ['60'], { timeoutMs: 200 })).rejects.toMatchObject({ code: 'timeout', params: { program: 'sleep', seconds: 0.2 } })
  })
})
