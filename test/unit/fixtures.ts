/** Texts that libvirt, virsh and QEMU really printed (libvirt 9.0, QEMU 7.2, Debian 12). */
import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { parseXml, type XmlElement } from '../../electron/libvirt/xml/document.ts'

const folder = join(import.meta.dirname, '../fixtures')

/** The text of a file of test/fixtures. */
export const fixture = (path: string): string => readFileSync(join(folder, path), 'utf8')

/** The root element of one of libvirt's documents. */
export const document = (path: string): XmlElement => parseXml(fixture(join('libvirt', path)))

/** The paths of libvirt's documents, for fixture(). */
export const documents: readonly string[] = readdirSync(join(folder, 'libvirt'), { recursive: true, encoding: 'utf8' })
  .filter((name) => name.endsWith('.xml'))
  .toSorted()
