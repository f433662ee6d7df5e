/** Changes of single fields that libvirt has a verb of its own for. */
import type { Target } from '../target.ts'
import { virshRead, virshWrite, textOf } from '../virsh.ts'
import { attr, parseXml } from '../xml/document.ts'

export interface DomainEdit {
  /** Null takes it away. */
  readonly title?: string | null
  readonly description?: string | null
  readonly autostart?: boolean
}

/** Sets what is given, live and for the next start. Errors: name-invalid for a title of several lines, not-found. */
export async function domainEdit(target: Target, uuid: string, edit: DomainEdit): Promise<void> {
  const where = await reach(target, uuid)
  if (edit.title !== undefined) await describe(target, uuid, where, ['--title'], edit.title)
  if (edit.description !== undefined) await describe(target, uuid, where, [], edit.description)
  if (edit.autostart !== undefined) {
    await virshWrite(target, ['autostart', `--domain=${uuid}`, ...(edit.autostart ? [] : ['--disable'])])
  }
}

/** `--live`, `--config` or both, as the machine runs and is kept. Errors: not-found. */
export async function reach(target: Target, uuid: string): Promise<readonly string[]> {
  const [xml, persistent] = await virshRead(target, [['dumpxml', `--domain=${uuid}`], ['list', '--all', '--uuid', '--persistent']])
  const on = attr(parseXml(textOf(xml)), 'id') !== null
  return [...(on ? ['--live'] : []), ...(textOf(persistent).includes(uuid) ? ['--config'] : [])]
}

async function describe(target: Target, uuid: string, where: readonly string[], what: readonly string[], words: string | null): Promise<void> {
  const command = ['desc', `--domain=${uuid}`, ...where, ...what]
  if (words !== null && words.trim() !== '') await virshWrite(target, [...command, `--new-desc=${words}`])
  // virsh takes empty words for a question; through its editor it takes them for an empty text
  else await virshWrite(target, [...command, '--edit'], { env: { VISUAL: 'truncate -s 0' } })
}
