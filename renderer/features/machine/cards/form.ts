/** What is typed and chosen in the dialog of a card; pure. */
import type { CardChange, CardMoment, CardSource } from '../../../../shared/model/card.ts'
import {
  checkMac,
  plainMac,
  sourceOf,
  sourceTypes,
  wayOfChange,
  type MacFinding,
  type SourceChoice,
  type SourceEntry,
  type SourceType,
} from '../../../../shared/model/card-rules.ts'
import type { DomainInterface, DomainSummary } from '../../../../shared/model/domain.ts'
import type { Network } from '../../../../shared/model/network.ts'
import type { ListedCard } from './words.ts'

export interface CardForm {
  /** Null where it is on something that this page does not know. */
  readonly type: SourceType | null
  /** What is chosen of each type. */
  readonly names: Readonly<Record<SourceType, string>>
  /** In user mode: passt's. */
  readonly passt: boolean
  readonly model: string
  /** As typed; empty for one that is drawn. */
  readonly mac: string
  readonly linkUp: boolean
  readonly when: Exclude<CardMoment, 'now'>
}

const noNames: CardForm['names'] = { network: '', bridge: '', direct: '', user: '' }

const usable = (entry: SourceEntry): boolean => entry.obstacle === null

/** The first entry that can be had; of networks one that is on, and default before the others. */
function firstOf({ type, entries }: SourceChoice): string {
  const good = (entries ?? []).filter(usable)
  const on = good.filter((entry) => entry.note === null)
  const usual = type === 'network' ? (on.find((entry) => entry.name === 'default') ?? on[0]) : on[0]
  return (usual ?? good[0])?.name ?? ''
}

/** A new card: on the first kind of source that works here. */
export function newCard(choices: readonly SourceChoice[]): CardForm {
  const names = Object.fromEntries(choices.map((choice) => [choice.type, firstOf(choice)]))
  const able = choices.filter((choice) => choice.obstacle === null && (choice.type === 'user' || choice.entries?.some(usable)))
  const type = able.find((choice) => choice.type === 'network')?.type ?? 'user'
  return { type, names: { ...noNames, ...names }, passt: false, model: 'virtio', mac: '', linkUp: true, when: 'next-start' }
}

const isSourceType = (type: string): type is SourceType => sourceTypes.some((one) => one === type)

/** A card that is there, as it will be. */
export function formOf(card: DomainInterface, choices: readonly SourceChoice[]): CardForm {
  const type = isSourceType(card.type) ? card.type : null
  const names = { ...noNames, ...Object.fromEntries(choices.map((choice) => [choice.type, firstOf(choice)])) }
  return {
    type,
    names: type === null ? names : { ...names, [type]: card.source ?? '' },
    passt: card.passt ?? false,
    model: card.model ?? '',
    mac: card.mac ?? '',
    linkUp: card.linkUp,
    when: 'next-start',
  }
}

/** What is chosen, or null where nothing is. */
export function chosenSource({ type, names, passt }: CardForm): CardSource | null {
  if (type === null) return null
  if (type === 'user') return passt ? { type, passt } : { type }
  const name = names[type].trim()
  return name === '' ? null : sourceOf(type, type === 'network' ? names[type] : name)
}

/** The entry that is chosen, where it is one of a list. */
export function chosenEntry({ type, names }: CardForm, choices: readonly SourceChoice[]): SourceEntry | null {
  const entries = choices.find((choice) => choice.type === type)?.entries ?? []
  return type === null ? null : (entries.find((entry) => entry.name === names[type]) ?? null)
}

/** Whether the choice can be had here. */
function sourceWorks(form: CardForm, choices: readonly SourceChoice[]): boolean {
  const choice = choices.find((one) => one.type === form.type)
  if (!choice || choice.obstacle !== null) return false
  const entry = chosenEntry(form, choices)
  return form.type === 'user' || choice.entries === null || (entry ? entry.obstacle === null : choice.open === true)
}

/** What differs from the card as it will be. */
export function changeOf(form: CardForm, before: DomainInterface, choices: readonly SourceChoice[]): CardChange {
  const now = formOf(before, choices)
  const source = chosenSource(form)
  const moved = source !== null && (form.type !== now.type || (form.type !== null && form.names[form.type] !== now.names[form.type]) || (form.type === 'user' && form.passt !== now.passt))
  const mac = plainMac(form.mac)
  return {
    ...(moved ? { source } : {}),
    ...(form.model !== now.model ? { model: form.model } : {}),
    ...(mac !== plainMac(now.mac) ? { mac } : {}),
    ...(form.linkUp !== now.linkUp ? { linkUp: form.linkUp } : {}),
  }
}

export interface CardState {
  readonly change: CardChange
  readonly mac: MacFinding | null
  /** off: the machine is off; now: at once; ask: only by unplugging it, or at the next start; stored: only the next start differs. */
  readonly moment: 'off' | 'now' | 'ask' | 'stored'
  readonly ready: boolean
}

interface Around {
  readonly choices: readonly SourceChoice[]
  readonly networks: readonly Network[]
  readonly machines: readonly DomainSummary[]
  readonly uuid: string
  readonly on: boolean
}

/** What the form comes to: what changes, when, and whether it can be done. `card` is null for a new one. */
export function stateOf(form: CardForm, card: ListedCard | null, around: Around): CardState {
  const before = card ? (card.next ?? card.live) : null
  const change = before ? changeOf(form, before, around.choices) : {}
  const own = { uuid: around.uuid, mac: before?.mac ?? null }
  const mac = form.mac.trim() === '' && !card ? null : checkMac(plainMac(form.mac), around.machines, own)
  const moved = !card || change.source !== undefined
  const works = !moved || (chosenSource(form) !== null && sourceWorks(form, around.choices))
  const something = !card || Object.keys(change).length > 0
  const ready = something && works && (mac === null || mac.code === 'duplicate')
  return { change, mac, moment: momentOf(card, change, around), ready }
}

function momentOf(card: ListedCard | null, change: CardChange, { on, networks }: Around): CardState['moment'] {
  if (!on) return 'off'
  if (!card) return 'now'
  if (!card.live) return 'stored'
  const way = wayOfChange(card.live, change, networks)
  return way === null ? 'stored' : way === 'now' ? 'now' : 'ask'
}

/** When the host is asked to do it. */
export function whenOf(form: CardForm, moment: CardState['moment']): CardMoment {
  return moment === 'now' ? 'now' : moment === 'ask' ? form.when : 'next-start'
}
