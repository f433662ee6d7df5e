import { describe, expect, it } from 'vitest'
import { copySetting } from '../../../../../electron/libvirt/domain/pending/copy.ts'
import { readSettings } from '../../../../../electron/libvirt/domain/settings.ts'
import { buildXml, parseXml } from '../../../../../electron/libvirt/xml/document.ts'

const machine = (clock: string, rest = ''): string => `<domain>\n  <name>x</name>\n  <sysinfo type='smbios'/>\n${rest}  ${clock}\n  <devices/>\n</domain>`

describe('what a document says beside sizes and devices', () => {
  it('is one line an element, without blanks, the run’s own clock and a first start’s sysinfo', () => {
    const clock = "<clock offset='variable' adjustment='7200' basis='utc'>\n    <timer name='rtc' tickpolicy='catchup'/>\n  </clock>"
    expect(readSettings(parseXml(machine(clock, '  <on_crash>destroy</on_crash>\n')))).toEqual({
      clock: '<clock offset="variable"><timer name="rtc" tickpolicy="catchup"/></clock>',
      on_crash: '<on_crash>destroy</on_crash>',
    })
    expect(readSettings(parseXml(machine("<clock offset='utc'/>")))).toEqual({ clock: '<clock offset="utc"/>' })
  })

  it('is taken back element by element: changed, put in again, or taken out', () => {
    const live = parseXml(machine("<clock offset='utc'/>", '  <on_crash>destroy</on_crash>\n'))
    const stored = parseXml(machine("<clock offset='localtime'/>", "  <pm><suspend-to-mem enabled='no'/></pm>\n"))
    for (const tag of ['clock', 'on_crash', 'pm']) copySetting(stored, live, tag)
    expect(readSettings(stored)).toEqual(readSettings(live))
    expect(buildXml(stored)).toContain('<devices/>')
  })
})
