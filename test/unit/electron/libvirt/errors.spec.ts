import { readdirSync, readFileSync } from 'node:fs'
import { basename, join } from 'node:path'
import { describe, expect, it } from 'vitest'
import { errorRows } from '../../../../electron/libvirt/error-rows.ts'
import { errorFromOutput, isCode } from '../../../../electron/libvirt/errors.ts'
import en from '../../../../shared/i18n/en/errors.json' with { type: 'json' }
import es from '../../../../shared/i18n/es/errors.json' with { type: 'json' }
import { errorCodes } from '../../../../shared/model/error.ts'

const folder = join(import.meta.dirname, '../../../fixtures/virsh/errors')
const samples = readdirSync(folder).flatMap((file) =>
  readFileSync(join(folder, file), 'utf8')
    .replace(/\n$/, '')
    .split('\n----\n')
    .map((text) => ({ code: basename(file, '.txt'), text })),
)

describe('the table of what libvirt says', () => {
  it.each(samples)('$code: $text', ({ code, text }) => {
    expect(errorFromOutput(text, 'qemu:///system').code).toBe(code)
  })

  it('has a captured text for each of its rows', () => {
    const first = (text: string): number => errorRows.findIndex((row) => row.pattern.test(text.replace(/^error: /gm, '').trimEnd()))
    const hit = new Set(samples.map(({ text }) => first(text)))
    const silent = errorRows.filter((_, index) => !hit.has(index)).map((row) => row.pattern.source)
    expect(silent).toEqual([])
  })

  it('keeps libvirt’s own words as the detail, without virsh’s prefixes', () => {
    const error = errorFromOutput("\rSave: [ 12 %]error: Failed to save\nerror: something new\n", 'qemu:///system')
    expect(error).toMatchObject({ code: 'libvirt', detail: 'Failed to save\nsomething new' })
  })

  it('fills the parameters that the sentences name', () => {
    const errors = samples.map(({ text }) => errorFromOutput(text, 'qemu:///session'))
    for (const error of errors) {
      for (const [, name = ''] of [...en[error.code].title.matchAll(/\{\{(\w+)\}\}/g)]) {
        expect(error.params, `${error.code}: ${error.detail ?? ''}`).toHaveProperty(name)
      }
    }
    expect(errors.filter((error) => isCode(error, 'base-missing'))[0]?.params).toMatchObject({ path: '/tmp/base.qcow2', child: '/tmp/child.qcow2' })
  })

  it('gives a hint for an address that libvirt refuses', () => {
    const text = "error: failed to connect to the hypervisor\nerror: internal error: unexpected qemu URI path '/sesion', try qemu:///system"
    expect(errorFromOutput(text, 'qemu:///sesion').params).toMatchObject({ uri: 'qemu:///sesion', hint: 'qemu:///session' })
  })

  it('offers commands that quote what they name', () => {
    const text = "error: Failed to start domain 'x'\nerror: Cannot access storage file '/home/a b/d.qcow2' (as uid:1000, gid:1000): Permission denied"
    expect(errorFromOutput(text, 'qemu:///session').remedies[0]?.command).toBe(`sudo chown "$USER:" -- '/home/a b/d.qcow2' && chmod u+rw -- '/home/a b/d.qcow2'`)
    const denied = samples.find(({ code }) => code === 'auth-denied')?.text ?? ''
    expect(errorFromOutput(denied, 'qemu:///system').remedies[0]).toMatchObject({ name: 'join-group', command: expect.stringContaining('usermod -aG libvirt') })
  })
})

describe('sentences', () => {
  it('has one for each code, in both languages, with the same parameters', () => {
    for (const code of errorCodes) {
      const names = (text: string): string[] => [...text.matchAll(/\{\{(\w+)\}\}/g)].map(([, name = '']) => name).sort()
      expect(names(es[code].title), code).toEqual(names(en[code].title))
      expect(Object.keys(es[code]), code).toEqual(Object.keys(en[code]))
    }
    expect(Object.keys(es.remedy)).toEqual(Object.keys(en.remedy))
  })
})
