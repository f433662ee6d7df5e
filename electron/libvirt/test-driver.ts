/**
 * libvirt's test driver with a file of objects: each virsh that opens `test:///FILE` reads the file anew, gives whatever
 * has no UUID a new one, and forgets with its end what was done. So that such a connection stays the same from one virsh
 * to the next, they open a private copy in which everything has its UUID, and each of them first does again what was done
 * since the connection was opened. https://libvirt.org/drvtest.html
 */
import { createHash } from 'node:crypto'
import { rmSync, writeFileSync } from 'node:fs'
import { readFile } from 'node:fs/promises'
import { dirname, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { AppError } from '../../shared/model/error.ts'
import type { Memory } from './target.ts'
import { temporaryPath } from './virsh.ts'
import { attr, buildXml, child, children, childText, element, insert, parseXml, remove, type XmlElement } from './xml/document.ts'

/** virsh 9.0 may wait for ever for the end of these where they end at once, as here they do. */
const neverEnding: ReadonlySet<string | undefined> = new Set(['managedsave', 'save', 'dump'])

/** The memory of a connection whose virsh processes have none in common; undefined for all others. */
export function testMemory(uri: string): Memory | undefined {
  const path = testFile(uri)
  return path === null ? undefined : new TestMemory(uri, path)
}

/** The file that a URI of the test driver names; null for its built-in objects, a daemon's, and other drivers. */
export function testFile(uri: string): string | null {
  const written = /^test:\/\/(\/[^?#]+)/i.exec(uri)?.[1]
  try {
    return written === undefined || written === '/default' ? null : decodeURIComponent(written)
  } catch {
    return null // libvirt says what is wrong with it
  }
}

class TestMemory implements Memory {
  uri: string
  readonly done: (readonly string[])[] = []
  readonly env: Record<string, string> = {}
  readonly #given: string
  readonly #path: string
  readonly #files: string[] = []
  #open = false

  constructor(uri: string, path: string) {
    this.uri = this.#given = uri
    this.#path = path
  }

  async open(): Promise<void> {
    this.close()
    this.#open = true
    const copy = await this.keep(await completeFile(this.#path))
    this.uri = `test://${pathToFileURL(copy).pathname}`
  }

  close(): void {
    this.#open = false
    this.uri = this.#given
    this.done.length = 0
    for (const file of this.#files.splice(0)) rmSync(file, { force: true })
  }

  async keep(text: string): Promise<string> {
    const path = await temporaryPath('.xml')
    // from here on in one go: whoever closes meanwhile removes every file that there is
    if (!this.#open) throw new AppError('connection-gone', { connection: this.#given })
    this.#files.push(path)
    writeFileSync(path, text, { mode: 0o600, flag: 'wx' })
    return path
  }

  refuse([command]: readonly string[]): void {
    if (neverEnding.has(command)) throw new AppError('unsupported', { uri: this.#given }, `virsh ${command} never ends on libvirt’s test driver`)
  }
}

/** The file's document with what libvirt would draw anew each time. Errors: file-missing, permission-denied, xml-invalid. */
async function completeFile(path: string): Promise<string> {
  const root = await readXml(path)
  for (const object of children(root)) {
    await bringIn(object, path)
    for (const volume of object.tag === 'pool' ? children(object, 'volume') : []) await bringIn(volume, path)
    if (['domain', 'network', 'pool'].includes(object.tag)) giveIdentity(object, `${path}\n${object.tag}\n${childText(object, 'name') ?? ''}`)
  }
  return buildXml(root)
}

/** `<domain file='one.xml'/>` stands for the document in that file, whose path counts from the first one's. */
async function bringIn(object: XmlElement, from: string): Promise<void> {
  const path = attr(object, 'file')
  if (path === null) return
  const { attributes, content } = await readXml(resolve(dirname(from), path))
  delete object.attributes['file']
  Object.assign(object.attributes, attributes)
  object.content.splice(0, object.content.length, ...content)
}

async function readXml(path: string): Promise<XmlElement> {
  const text = await readFile(path, 'utf8').catch((error: NodeJS.ErrnoException) => {
    throw new AppError(error.code === 'ENOENT' || error.code === 'ENOTDIR' ? 'file-missing' : 'permission-denied', { path }, error.message)
  })
  return parseXml(text)
}

/** The same for the same object each time, so that it is found again by it. */
function giveIdentity(object: XmlElement, seed: string): void {
  if (childText(object, 'uuid') === null) {
    const empty = child(object, 'uuid')
    if (empty) remove(object, empty)
    insert(object, element('uuid', {}, uuidOf(seed)), { after: ['name'] })
  }
  if (object.tag !== 'domain') return
  for (const [index, card] of children(child(object, 'devices'), 'interface').entries()) {
    if (child(card, 'mac')) continue
    const [a, b, c] = hash(`${seed}\n${index}`).match(/../g) ?? []
    card.content.unshift(element('mac', { address: `52:54:00:${a}:${b}:${c}` }))
  }
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex')

/** In the form of RFC 9562, version 8. */
function uuidOf(seed: string): string {
  const digits = hash(seed)
  return [digits.slice(0, 8), digits.slice(8, 12), `8${digits.slice(13, 16)}`, `8${digits.slice(17, 20)}`, digits.slice(20, 32)].join('-')
}
