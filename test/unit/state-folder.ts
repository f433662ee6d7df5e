import { mkdtemp, rm } from 'node:fs/promises'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterEach, beforeEach } from 'vitest'

/** Gives each test of a file an app's state folder of its own; answers where its parent is. */
export function ownStateFolder(): () => string {
  let folder: string | undefined
  let before: string | undefined
  beforeEach(async () => {
    folder = await mkdtemp(join(tmpdir(), 'state-'))
    before = process.env['XDG_STATE_HOME']
    process.env['XDG_STATE_HOME'] = folder
  })
  afterEach(async () => {
    if (before === undefined) delete process.env['XDG_STATE_HOME']
    else process.env['XDG_STATE_HOME'] = before
    if (folder !== undefined) await rm(folder, { recursive: true })
    folder = undefined
  })
  return () => {
    if (folder === undefined) throw new Error('there is a state folder only while a test runs')
    return folder
  }
}
