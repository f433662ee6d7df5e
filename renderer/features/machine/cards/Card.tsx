import { Button, Group, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { addressAdvice, isForeign } from '../../../../shared/model/card-address.ts'
import { cardExtraKinds, waitingExtras } from '../../../../shared/model/card-extras.ts'
import type { DomainDetails, DomainInterface } from '../../../../shared/model/domain.ts'
import { sameMac } from '../../../../shared/model/network-machines.ts'
import { cardField } from '../../../../shared/model/pending.ts'
import { call } from '../../../api/client.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'
import { FactList } from '../../../ui/FactList.tsx'
import { showDone } from '../../../ui/notices.tsx'
import { StateBadge } from '../../../ui/StateBadge.tsx'
import { useBusy } from '../../../ui/use-busy.ts'
import { addressesOf, addressText, interfaceText } from '../facts.ts'
import { DeviceMark, Pending } from '../pending/marks.tsx'
import { CardDialog } from './CardDialog.tsx'
import { PortForwards } from './PortForwards.tsx'
import { RemoveInterface } from './RemoveInterface.tsx'
import type { PortsState } from './use-ports.ts'
import type { useNeighbours } from './use-surroundings.ts'
import { UserModeNote } from './UserModeNote.tsx'
import { adviceText, extraText, type ListedCard } from './words.ts'
import classes from '../machine.module.css'
import own from './cards.module.css'

interface Props {
  readonly details: DomainDetails
  readonly card: ListedCard
  readonly number: number
  readonly count: number
  /** Another card of the machine has the same MAC: commands would meet the first of them. */
  readonly twin: boolean
  readonly neighbours: ReturnType<typeof useNeighbours>
  readonly ports: PortsState
  readonly onChanged: (details: DomainDetails) => void
}

/** One network card, as it is and as it will be. */
export function Card(props: Props) {
  const { details, card, number, twin, ports, onChanged } = props
  const { t } = useTranslation()
  const { mac } = card.shown
  const forwards = ports.ports.find((one) => sameMac(one.mac, mac))
  return (
    <li className={classes.device} data-mac={mac}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{t('cards:card', { number })}</Text>
          <Mark details={details} card={card} />
        </Group>
        {!twin && (
          <Group gap="xs">
            <CableButton {...props} />
            <ChangeButton {...props} />
            {mac !== null && <RemoveInterface details={details} mac={mac} number={number} onChanged={onChanged} />}
          </Group>
        )}
      </Group>
      {twin && (
        <Text size="sm" role="note">
          {t('cards:twin')}
        </Text>
      )}
      <CardFacts {...props} />
      {card.shown.type === 'user' && <UserModeNote passt={card.shown.passt ?? false} />}
      {card.shown.type === 'user' && forwards && <PortForwards details={details} forwards={forwards} all={ports.ports} onPorts={ports.put} />}
    </li>
  )
}

/** Whether it goes, comes or changes at the next start. */
function Mark({ details, card }: Pick<Props, 'details' | 'card'>) {
  if (!details.live || !details.persistent) return null
  if (!card.next) return <DeviceMark what="goes" />
  if (!card.live) return <DeviceMark what="comes" />
  const field = cardField(card.shown.mac ?? '')
  return details.pending.some((change) => change.field === field) ? <DeviceMark what="mark" /> : null
}

function CardFacts({ details, card, count, neighbours }: Props) {
  const { t } = useTranslation()
  const { shown } = card
  const next = details.live && card.live ? card.next : null
  const later = (text: string, now: string): string | null => (next && text !== now ? text : null)
  const place = interfaceText(t, shown)
  const link = (one: DomainInterface): string => t(one.linkUp ? 'cards:linkUp' : 'cards:linkDown')
  const cable = <Pending text={link(shown)} next={later(link(next ?? shown), link(shown))} />
  return (
    <FactList
      facts={[
        { label: t('cards:connectedTo'), value: <Pending text={place} next={later(interfaceText(t, next ?? shown), place)} /> },
        { label: t('cards:address'), value: card.live && <Address details={details} live={card.live} count={count} neighbours={neighbours} /> },
        { label: t('cards:model'), value: (shown.model ?? next?.model) && <Pending text={shown.model ?? '–'} next={later(next?.model ?? '–', shown.model ?? '–')} /> },
        {
          label: t('cards:mac'),
          value: shown.mac && (
            <span className={classes.editable}>
              {shown.mac}
              <CopyButton compact text={shown.mac} label={t('cards:copyMac')} />
            </span>
          ),
        },
        { label: t('cards:link'), value: shown.linkUp && (next === null || next.linkUp) ? null : cable },
        ...extraFacts(t, shown, next),
      ]}
    />
  )
}

/** What the card's document says beyond its form. */
function extraFacts(t: TFunction, shown: DomainInterface, next: DomainInterface | null) {
  const waits = next ? waitingExtras(shown, next) : []
  return cardExtraKinds.map((kind) => {
    const [now, then] = [extraText(t, shown, kind), next ? extraText(t, next, kind) : null]
    const later = waits.includes(kind) ? (then ?? t('cards:extraNone')) : null
    return { label: t(`cards:extra.${kind}`), value: now === null && later === null ? null : <Pending text={now ?? '–'} next={later} /> }
  })
}

/** The addresses with their origin; else, at once, why there is none and what to do. Of a running card alone. */
function Address({ details, live, count, neighbours }: Pick<Props, 'details' | 'count' | 'neighbours'> & { readonly live: DomainInterface }) {
  const { t } = useTranslation()
  const known = addressesOf(details.addresses, live, count)
  if (known.length > 0) {
    return known.map((entry) => (
      <div key={entry.address}>
        {addressText(t, entry)}
        {isForeign(entry, live, neighbours.networks) && (
          <span className={own.foreign}>
            <StateBadge tone="warn" label={t('cards:foreign')} />
          </span>
        )}
      </div>
    ))
  }
  const advice = addressAdvice(live, neighbours.networks, neighbours.machines)
  return (
    <span data-advice={advice.kind}>
      {adviceText(t, advice)} {'example' in advice && <CopyButton compact text={advice.example} label={t('cards:copyExample')} />}
    </span>
  )
}

/** Unplugs the cable, or plugs it in: at once, and for the next start. */
function CableButton({ details, card, number, onChanged }: Props) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const { connection, uuid } = details
  const { mac, linkUp } = card.shown
  if (mac === null) return null
  const switchTo = async (up: boolean): Promise<void> => {
    const when = card.live ? 'now' : 'next-start'
    const { details: after } = await call('domain.change-interface', { connection, uuid, mac, change: { linkUp: up }, when })
    onChanged(after)
    showDone(t(up ? 'cards:plugged' : 'cards:unplugged'))
  }
  return (
    <Button
      variant="default"
      loading={busy}
      aria-label={t(linkUp ? 'cards:linkUnplugCard' : 'cards:linkPlugCard', { number })}
      onClick={() => void run(() => switchTo(!linkUp))}
    >
      {t(linkUp ? 'cards:linkUnplug' : 'cards:linkPlug')}
    </Button>
  )
}

function ChangeButton({ details, card, number, onChanged }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  if (card.shown.mac === null) return null
  return (
    <>
      <Button variant="default" aria-label={t('cards:changeCard', { number })} onClick={() => setOpened(true)}>
        {t('cards:change')}
      </Button>
      {opened && <CardDialog details={details} card={card} number={number} onChanged={onChanged} onClose={() => setOpened(false)} />}
    </>
  )
}
