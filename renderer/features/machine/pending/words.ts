/** What waits for the next start, in words. */
import type { TFunction } from 'i18next'
import type { DomainConfig, DomainDisk, DomainInterface } from '../../../../shared/model/domain.ts'
import { cardExtraKinds } from '../../../../shared/model/card-extras.ts'
import type { PendingChange } from '../../../../shared/model/pending.ts'
import { formatKiB, formatNumber } from '../../../ui/format.ts'
import { accelerationText, bootText, countDevices, cpuText, graphicsText, interfaceText } from '../facts.ts'
import { extraText } from '../cards/words.ts'

/** What it is about: "Memory", "Disk vda", "Network card 52:54:…". */
export function pendingTitle(t: TFunction, change: PendingChange): string {
  const [what = '', ...rest] = change.field.split(':')
  const name = rest.join(':')
  if (what === 'settings') return t('machine:pending.what.settings', { element: name })
  switch (change.kind) {
    case 'disk':
      return t(`machine:disks.${(change.next ?? change.live)?.device ?? 'disk'}`, { target: name })
    case 'interface':
      return t('machine:pending.what.interface', { mac: name })
    case 'devices':
      return t('machine:pending.what.devices', { element: name })
    default:
      return t(`machine:pending.what.${what as PlainField}`)
  }
}

type PlainField =
  | 'title' | 'description' | 'memory' | 'max-memory' | 'vcpus' | 'max-vcpus' | 'boot' | 'firmware' | 'machine-type' | 'acceleration' | 'cpu' | 'graphics'

/** Its value now, or at the next start. */
export function pendingText(t: TFunction, change: PendingChange, when: 'live' | 'next'): string {
  switch (change.kind) {
    case 'words': {
      const words = change[when]
      if (words === null) return t('machine:pending.nothing')
      return change.field === 'acceleration' ? accelerationText(t, words) : words
    }
    case 'kib':
      return formatKiB(change[when])
    case 'count':
      return formatNumber(change[when])
    case 'boot':
      return change[when].map((entry) => bootText(t, entry)).join(' → ') || t('machine:boot.none')
    case 'firmware': {
      const firmware = change[when]
      return firmware === null ? t('machine:pending.nothing') : t(`machine:overview.${firmware}`)
    }
    case 'cpu':
      return wholeCpu(t, change[when])
    case 'graphics':
      return change[when].map((one) => graphicsText(t, one)).join(', ') || t('machine:display.none')
    case 'disk':
      return diskText(t, change[when], change[when === 'live' ? 'next' : 'live'])
    case 'interface':
      return cardText(t, change[when], change[when === 'live' ? 'next' : 'live'])
    case 'devices':
      return devicesText(t, change[when])
  }
}

function wholeCpu(t: TFunction, cpu: DomainConfig['cpu']): string {
  const topology = cpu.topology && t('machine:cpu.topologyText', { ...cpu.topology })
  return [cpuText(t, cpu), topology].filter(Boolean).join(', ')
}

/** What is in the drive, and what else differs. */
function diskText(t: TFunction, disk: DomainDisk | null, other: DomainDisk | null): string {
  if (!disk) return t('machine:pending.absent')
  const facts = (['bus', 'format', 'cache', 'discard'] as const).filter((fact) => other === null || disk[fact] !== other[fact])
  const words = facts.map((fact) => disk[fact]).filter(Boolean)
  const where = disk.path ?? disk.sourceName
  if (where === null) return t('machine:pending.empty')
  const readOnly = disk.readOnly && other !== null && !other.readOnly ? t('machine:disks.readOnly') : null
  return [where, ...words, readOnly].filter(Boolean).join(' · ')
}

function cardText(t: TFunction, card: DomainInterface | null, other: DomainInterface | null): string {
  if (!card) return t('machine:pending.absent')
  const link = other && card.linkUp !== other.linkUp ? t(card.linkUp ? 'cards:linkUp' : 'cards:linkDown') : null
  const model = !other || card.model !== other.model ? card.model : null
  const extras = cardExtraKinds.filter((kind) => other && extraText(t, card, kind) !== extraText(t, other, kind))
  const said = extras.map((kind) => `${t(`cards:extra.${kind}`)}: ${extraText(t, card, kind) ?? t('cards:extraNone')}`)
  return [interfaceText(t, card), model, link, ...said].filter(Boolean).join(' · ')
}

function devicesText(t: TFunction, devices: DomainConfig['others']): string {
  if (devices.length === 0) return t('machine:pending.absent')
  return countDevices(devices)
    .map(({ element, fact, count }) => [fact ?? element, count > 1 ? t('machine:others.times', { count }) : ''].filter(Boolean).join(' '))
    .join(', ')
}
