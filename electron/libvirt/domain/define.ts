/** Making, replacing and removing a machine's definition. */
import { AppError } from '../../../shared/model/error.ts'
import { isCode } from '../errors.ts'
import type { Target } from '../target.ts'
import { withUuid } from '../uuid.ts'
import { virshRead, virshReadOne, virshWrite, virshWriteDocument } from '../virsh.ts'
import { child, parseXml, text } from '../xml/document.ts'
import { secretsOf } from './secrets.ts'
import { readNvram } from './read.ts'

/**
 * Defines a machine from its document, checked against libvirt's schema; answers its UUID. A document without one gets
 * one, so that the noted line makes the same machine again. Errors: name-taken, name-invalid, xml-invalid, no-kvm…
 */
export async function domainDefine(target: Target, xml: string): Promise<string> {
  const { document, uuid } = withUuid(xml, 'domain')
  refuseDots(document)
  await virshWriteDocument(target, defineArguments, document, { timeoutMs: PROBE_MS, secrets: secretsOf(document) })
  return uuid
}

/** libvirt 9.0 refuses such a name too late: it clears away the folders of all machines meanwhile. */
function refuseDots(document: string): void {
  const name = text(child(parseXml(document), 'name'), true)
  if (name === '.' || name === '..') throw new AppError('name-invalid', { name })
}

/** The first define after QEMU was installed makes libvirt look at every QEMU there is: 13 s on a slow host. */
const PROBE_MS = 120_000

/** The command that domainDefine runs, without its file. */
export const defineArguments: readonly string[] = ['define', '--validate']

/** The command that starts a machine from a document, without its file. */
export const createArguments: readonly string[] = ['create', '--validate']

/**
 * Removes the definition with everything that would keep it: NVRAM, managed save, snapshots' records. Disks stay.
 * Errors: not-found.
 */
export async function domainUndefine(target: Target, uuid: string): Promise<void> {
  const xml = await virshReadOne(target, ['dumpxml', `--domain=${uuid}`, '--inactive'])
  const domain = parseXml(xml)
  const firmware = readNvram(domain) !== null || domain.content.some((node) => 'tag' in node && node.tag === 'os' && node.attributes['firmware'] === 'efi')
  const [checkpoints] = await virshRead(target, [['checkpoint-list', `--domain=${uuid}`, '--name']])
  const flags = [
    '--managed-save',
    '--snapshots-metadata',
    ...(firmware ? ['--nvram'] : []),
    ...(checkpoints?.ok && checkpoints.text.trim() !== '' ? ['--checkpoints-metadata'] : []),
  ]
  try {
    await virshWrite(target, ['undefine', `--domain=${uuid}`, ...flags])
  } catch (error) {
    // drivers without managed saves and snapshots do not know the flags
    if (!isCode(error, 'unsupported')) throw error
    await virshWrite(target, ['undefine', `--domain=${uuid}`])
  }
}
