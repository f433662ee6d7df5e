import { spawn } from 'node:child_process'
import { once } from 'node:events'
import { closeSync, mkdtempSync, openSync, readSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeAll, describe, expect, it } from 'vitest'
import { readPosition } from '../../../../electron/system/read-position.ts'

describe('how far a process has read a file', () => {
  let folder: string | undefined
  let path = ''
  beforeAll(() => {
    folder = mkdtempSync(join(tmpdir(), 'vivero-position-'))
    path = join(folder, 'a file\n.img')
    writeFileSync(path, Buffer.alloc(100_000))
  })
  afterAll(() => {
    if (folder !== undefined) rmSync(folder, { recursive: true })
  })

  it('is the offset of its open file', async () => {
    expect(await readPosition(process.pid, path)).toBeNull()
    const file = openSync(path, 'r')
    expect(await readPosition(process.pid, path)).toBe(0)
    readSync(file, Buffer.alloc(60_000))
    expect(await readPosition(process.pid, path)).toBe(60_000)
    closeSync(file)
  })

  it('is not known of a process that is gone, or of a file that is', async () => {
    const gone = spawn('true')
    await once(gone, 'exit')
    expect(await readPosition(gone.pid ?? 0, path)).toBeNull()
    expect(await readPosition(process.pid, `${path}.none`)).toBeNull()
  })
})
