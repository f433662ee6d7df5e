/** Sizes as libvirt writes them. https://libvirt.org/formatdomain.html#memory-allocation */
import { attr, text, type XmlElement } from './document.ts'

const factors: Readonly<Record<string, number>> = {
  b: 1, bytes: 1, kb: 1e3, k: 1024, kib: 1024, mb: 1e6, m: 1024 ** 2, mib: 1024 ** 2, gb: 1e9, g: 1024 ** 3, gib: 1024 ** 3, tb: 1e12, t: 1024 ** 4, tib: 1024 ** 4,
}

/** The size that an element holds, in bytes; 0 where there is none. `unit` is libvirt's default for that element. */
export function bytesOf(el: XmlElement | undefined, unit: 'bytes' | 'KiB'): number {
  const value = Number(text(el))
  const factor = factors[(attr(el, 'unit') ?? unit).toLowerCase()] ?? 1
  return Number.isFinite(value) ? value * factor : 0
}

/** The same in KiB, rounded. */
export function kibOf(el: XmlElement | undefined): number {
  return Math.round(bytesOf(el, 'KiB') / 1024)
}
