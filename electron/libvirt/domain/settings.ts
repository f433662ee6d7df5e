/** What a machine's document says beside its sizes and devices, where a running machine has it as it was written. */
import { buildXml, child, isElement, type XmlElement } from '../xml/document.ts'

/** Left out is what libvirt gives a running machine itself, and what a first start alone has (sysinfo). */
const compared = [
  'features', 'clock', 'pm', 'on_poweroff', 'on_reboot', 'on_crash', 'memoryBacking', 'cputune', 'iothreads', 'qemu:commandline',
] as const

/** Each as one line of XML, by the element's name. */
export function readSettings(domain: XmlElement): Readonly<Record<string, string>> {
  const found: Record<string, string> = {}
  for (const tag of compared) {
    const el = child(domain, tag)
    if (el) found[tag] = buildXml(plain(el)).trim()
  }
  return found
}

/** Without the blanks between elements, and how far the guest has moved its clock. */
function plain({ tag, attributes, content }: XmlElement): XmlElement {
  const moved = tag === 'clock' && attributes['offset'] === 'variable' ? ['adjustment', 'basis'] : []
  const parts = content.filter(isElement)
  return { tag, attributes: omit(attributes, moved), content: parts.length > 0 ? parts.map(plain) : content }
}

const omit = (all: XmlElement['attributes'], names: readonly string[]): XmlElement['attributes'] =>
  Object.fromEntries(Object.entries(all).filter(([name]) => !names.includes(name)))
