/** The processor. https://libvirt.org/formatdomain.html#cpu-model-and-topology */
import type { DomainConfig } from '../../../../shared/model/domain.ts'
import { attr, child, childText, element, type XmlElement } from '../../xml/document.ts'

export type CpuMode = 'host-passthrough' | 'host-model' | 'maximum'

export function readCpu(el: XmlElement | undefined): DomainConfig['cpu'] {
  const topology = child(el, 'topology')
  const count = (name: string): number => Number(attr(topology, name) ?? 1)
  return {
    mode: attr(el, 'mode'),
    model: childText(el, 'model'),
    topology: topology ? { sockets: count('sockets'), cores: count('cores'), threads: count('threads') } : null,
  }
}

/** host-passthrough needs KVM; `maximum` is what software emulation can do at most. */
export function buildCpu(spec: { readonly mode: CpuMode }): XmlElement {
  const passed = spec.mode === 'host-passthrough'
  return element('cpu', { mode: spec.mode, check: passed ? 'none' : null, migratable: passed ? 'on' : null })
}
