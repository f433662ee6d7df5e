import { describe, expect, it } from 'vitest'
import { stepList } from '../../../scripts/setup/steps.mjs'

function screen(isTTY: boolean) {
  let text = ''
  return { isTTY, columns: 60, write: (more: string) => (text += more), text: () => text }
}

describe('the list of steps', () => {
  it('writes one line a step where nobody watches', async () => {
    const out = screen(false)
    let time = 0
    const steps = stepList(2, out, () => time)
    await steps.run('First', async (progress) => {
      progress('half')
      time += 4200
      return 'ready'
    })
    await steps.run('Second', async () => 'all there')
    expect(out.text()).toBe('[1/2] First: ready (4 s)\n[2/2] Second: all there\n')
  })

  it('rewrites the running line on a terminal, never longer than the terminal is wide', async () => {
    const out = screen(true)
    await stepList(1, out, () => 0).run('Only', async (progress) => {
      progress('x'.repeat(200))
      return 'ready'
    })
    const drawn = out.text().split('\r\x1b[K')
    expect(drawn[1]).toBe('[1/1] Only … ')
    expect(drawn[2]).toHaveLength(59)
    expect(drawn[3]).toBe('[1/1] Only: ready\n')
  })

  it('ends the line of a step that fails, and lets the failure through', async () => {
    const out = screen(false)
    const work = stepList(1, out, () => 0).run('Only', () => Promise.reject(new Error('no')))
    await expect(work).rejects.toThrow('no')
    expect(out.text()).toMatch(/^\[1\/1\] Only: \S+.*\n$/)
  })
})
