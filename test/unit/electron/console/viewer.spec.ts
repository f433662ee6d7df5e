import { chmodSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs'
import { tmpdir } from 'node:os'
import { join } from 'node:path'
import { afterAll, beforeEach, describe, expect, it } from 'vitest'
import { openViewer, viewerOffer } from '../../../../electron/console/viewer.ts'
import { exampleUuid } from '../../examples.ts'
import { stubVirsh, type StubAnswer, type VirshStub } from '../virsh-stub.ts'

const uuid = exampleUuid(1)
const target = { uri: 'qemu:///system', connection: 'c1' }
const path = process.env['PATH']
const stub: VirshStub = stubVirsh()
/** A PATH without the viewers that this machine may have. */
let programs: string | undefined
afterAll(() => {
  stub.end()
  process.env['PATH'] = path
  if (programs !== undefined) rmSync(programs, { recursive: true })
})

/** Only these viewers are installed. */
function install(...scripts: readonly (readonly [name: string, script: string])[]): void {
  if (programs !== undefined) rmSync(programs, { recursive: true })
  programs = mkdtempSync(join(tmpdir(), 'vivero-viewers-'))
  for (const [name, script] of scripts) {
    writeFileSync(join(programs, name), `#!/bin/sh\n${script}\n`)
    chmodSync(join(programs, name), 0o755)
  }
  process.env['PATH'] = `${stub.folder}:${programs}`
}
const running = (...more: readonly StubAnswer[]): void => stub.answer(...more, { when: '^domid', print: '3\n\n' })
beforeEach(() => {
  running()
  install()
})

describe('the person’s own viewer', () => {
  it('is virt-viewer, to which libvirt hands a local display over', async () => {
    install(['virt-viewer', ''], ['remote-viewer', ''])
    expect(await viewerOffer(target, uuid)).toEqual({ program: 'virt-viewer', command: `virt-viewer -c qemu:///system --attach --uuid -- ${uuid}`, package: 'virt-viewer' })
    expect((await viewerOffer({ ...target, uri: 'qemu+ssh://host/system' }, uuid)).command).not.toContain('--attach')
  })

  it('is remote-viewer with the address of the display, SPICE first', async () => {
    install(['remote-viewer', ''])
    running({ when: '^domdisplay.*--type=spice', print: 'spice://127.0.0.1:5900\n\n' })
    expect(await viewerOffer(target, uuid)).toMatchObject({ program: 'remote-viewer', command: 'remote-viewer -- spice://127.0.0.1:5900' })
    running({ when: '^domdisplay.*--type=spice', fail: 'no graphical display found' }, { when: '^domdisplay', print: 'vnc://127.0.0.1:0\n' })
    expect(await viewerOffer(target, uuid)).toMatchObject({ program: 'remote-viewer', command: 'remote-viewer -- vnc://127.0.0.1:0' })
  })

  it('that can open nothing, or is not installed, is offered with its package', async () => {
    expect(await viewerOffer(target, uuid)).toMatchObject({ program: null, command: expect.stringMatching(/^virt-viewer /), package: 'virt-viewer' })
    install(['remote-viewer', ''])
    running({ when: '^domdisplay', fail: 'no graphical display found' })
    expect(await viewerOffer(target, uuid)).toMatchObject({ program: null })
    await expect(openViewer(target, uuid)).rejects.toMatchObject({ code: 'program-missing', params: { program: 'virt-viewer' } })
  })

  it('of a machine that is off is none', async () => {
    stub.answer({ when: '^domid', print: '-\n\n' })
    await expect(viewerOffer(target, uuid)).rejects.toMatchObject({ code: 'not-active' })
  })

  it('that fails says so in its own words', async () => {
    install(['virt-viewer', 'echo "cannot open display: $4" >&2; exit 1'])
    await expect(openViewer(target, uuid)).rejects.toMatchObject({ code: 'viewer-failed', params: { program: 'virt-viewer' }, detail: 'cannot open display: --uuid' })
    install(['virt-viewer', 'exit 0'])
    await openViewer(target, uuid)
  })
})
