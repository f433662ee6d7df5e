/** The seed: a CD labelled cidata, for one machine's first start. */
import { mkdir, open, rm, writeFile } from 'node:fs/promises'
import { join } from 'node:path'
import type { FirstStart } from '../../../shared/model/first-start.ts'
import { fileFailure } from '../../../shared/model/file-failure.ts'
import { commandLine } from '../../libvirt/command-line.ts'
import { errorFromOutput } from '../../libvirt/errors.ts'
import { quoteForShell } from '../../libvirt/quoting.ts'
import type { Target } from '../../libvirt/target.ts'
import { documentLine, previewLine, virshWrite, virshWriteDocument } from '../../libvirt/virsh.ts'
import { buildVolume, volumeCreateArguments } from '../../libvirt/volume/index.ts'
import { run } from '../../system/exec.ts'
import { seedDocuments, type SeedDocuments, type SeedMachine } from './documents.ts'
import { asking, writingLines, type MaskedSecret } from './masked.ts'
import { noted } from './noted.ts'
import { documentsFolder, localSeed, makeSeedFolder, seedName, type SeedRecord } from './records.ts'
import { secretsIn } from './secrets.ts'

export type SeedPlace = Omit<SeedRecord, 'owner'>

/** Making a seed, as data: the same is shown beforehand and run. */
export interface SeedWork {
  readonly kind: 'seed'
  readonly place: SeedPlace
  readonly documents: SeedDocuments
}

export const seedWork = (place: SeedPlace, wanted: FirstStart, machine: SeedMachine): SeedWork => ({
  kind: 'seed',
  place,
  documents: seedDocuments(wanted, machine),
})

/** What NoCloud looks for on the CD, in its order. */
function filesOf({ userData, metaData, networkConfig }: SeedDocuments): readonly (readonly [name: string, text: string])[] {
  return [['user-data', userData], ['meta-data', metaData], ...(networkConfig === null ? [] : [['network-config', networkConfig] as const])]
}

/** Where xorriso writes it: a volume's is sent to its pool then. */
const fileOf = ({ pool, path, machine }: SeedPlace): string => (pool === null ? path : localSeed(machine))

/** https://www.gnu.org/software/xorriso/man_1_xorriso.html */
const xorrisoWords = (place: SeedPlace): readonly string[] => [
  'xorriso', '-as', 'mkisofs', '-quiet', '-volid', 'cidata', '-joliet', '-rational-rock', '-output', fileOf(place), documentsFolder(place.machine),
] // prettier-ignore

const volumeArguments = (place: SeedPlace): string[] => [`--pool=${place.pool ?? ''}`, `--vol=${seedName(place.machine)}`]
const uploadArguments = (place: SeedPlace): string[] => ['vol-upload', ...volumeArguments(place), `--file=${fileOf(place)}`]
/** It grows with what is sent. */
const volumeDocument = (place: SeedPlace): string => buildVolume({ name: seedName(place.machine), format: 'raw', capacityBytes: 0 })

/** The lines that make the same seed in a shell. Passwords and what else is secret they ask for. */
export function seedLine(target: Target, { place, documents }: SeedWork): string {
  const folder = quoteForShell(documentsFolder(place.machine))
  const file = quoteForShell(fileOf(place))
  const files = filesOf(documents)
  const secrets = secretsOf(documents)
  const volume = place.pool === null ? [] : [documentLine(target, volumeCreateArguments(place.pool), volumeDocument(place)), previewLine(target, uploadArguments(place)), `rm ${file}`]
  return [
    ...secrets.map(asking),
    `(umask 077 && mkdir -p ${folder})`,
    ...files.map(([name, text]) => writingLines(text, `${folder}/${name}`, secrets)),
    commandLine(xorrisoWords(place)),
    `chmod 600 ${file}`,
    `rm -r ${folder}`,
    ...volume,
  ].join('\n')
}

function secretsOf(documents: SeedDocuments): MaskedSecret[] {
  if (documents.passwordHash !== null) return [{ text: documents.passwordHash, hashed: true }]
  const texts = new Set(filesOf(documents).flatMap(([, text]) => secretsIn(text).map((secret) => secret.text)))
  return [...texts].map((text) => ({ text, hashed: false }))
}

/**
 * Makes the seed, 0600 from its first byte on. What it leaves where it fails removeSeed takes away.
 * Errors: program-missing, disk-full, permission-denied, folder-missing, and libvirt's.
 */
export async function makeSeed(target: Target, work: SeedWork, signal?: AbortSignal): Promise<void> {
  await noted(target, seedLine(target, work), async (silent) => {
    const { place } = work
    await writeFiles(place, work.documents)
    await burn(target, place, signal)
    if (place.pool !== null) await send(silent, place)
  })
}

async function writeFiles(place: SeedPlace, documents: SeedDocuments): Promise<void> {
  const folder = documentsFolder(place.machine)
  try {
    await makeSeedFolder()
    await rm(folder, { recursive: true, force: true })
    await mkdir(folder, { mode: 0o700 })
    for (const [name, text] of filesOf(documents)) await writeFile(join(folder, name), text, { mode: 0o600 })
    await rm(localSeed(place.machine), { force: true })
    await (await open(fileOf(place), 'wx', 0o600)).close()
  } catch (problem) {
    throw fileFailure(problem, fileOf(place))
  }
}

async function burn(target: Target, place: SeedPlace, signal: AbortSignal | undefined): Promise<void> {
  const [program = '', ...args] = xorrisoWords(place)
  const { exitCode, stderr } = await run(program, args, { env: { LC_ALL: 'C.UTF-8' }, timeoutMs: 120_000, signal })
  await rm(documentsFolder(place.machine), { recursive: true, force: true })
  if (exitCode !== 0) throw errorFromOutput(stderr, target.uri)
}

async function send(silent: Target, place: SeedPlace): Promise<void> {
  await virshWriteDocument(silent, volumeCreateArguments(place.pool ?? ''), volumeDocument(place))
  await virshWrite(silent, uploadArguments(place), { timeoutMs: 120_000 })
  await rm(fileOf(place), { force: true })
}
