import { Anchor, Text, Tooltip } from '@mantine/core'
import type { MouseEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { go, href, paths } from '../../app/paths.ts'
import { StateDot } from '../../ui/StateBadge.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { useConnectionName } from '../connections/index.ts'
import { isInside, onItself } from './events.ts'
import { badReason, stateTone, stateWord } from './facts.ts'
import { MachineButtons } from './PowerButton.tsx'
import { Thumbnail } from './Thumbnail.tsx'
import { useAddressLine } from './use-address.ts'
import classes from './machines.module.css'

interface Props {
  readonly domain: DomainSummary
  /** The list is of all connections: the card names its own. */
  readonly withConnection: boolean
  readonly onMenu: (event: MouseEvent<HTMLElement>, domain: DomainSummary) => void
}

/** A machine as a card: its screen, its name and state, and the action that comes to mind first. */
export function MachineCard({ domain, withConnection, onMenu }: Props) {
  const { t } = useTranslation()
  const connection = useConnectionName(domain.connection)
  const name = displayName(domain)
  const page = paths.machine(domain.connection, domain.uuid)
  const address = useAddressLine(domain)
  const facts = [stateWord(t, domain), badReason(t, domain), address].filter(Boolean).join(' · ')
  return (
    <article
      className={classes.card}
      data-uuid={domain.uuid}
      data-state={domain.state}
      onContextMenu={(event) => isInside(event) && onMenu(event, domain)}
      onDoubleClick={(event) => onItself(event) && go(page)}
    >
      <a href={href(page)} tabIndex={-1} className={classes.screen} aria-label={t('machines:card.open', { name })}>
        <Thumbnail domain={domain} />
      </a>
      <div className={classes.caption}>
        <StateDot tone={stateTone(domain)} />
        <Anchor href={href(page)} className={classes.name} title={name} underline="never">
          {name}
        </Anchor>
        <MachineButtons domain={domain} size="xs" />
        <Tooltip label={facts}>
          <Text component="span" className={classes.facts}>
            {facts}
          </Text>
        </Tooltip>
        {withConnection && (
          <Text component="span" className={classes.facts} title={connection}>
            {connection}
          </Text>
        )}
      </div>
    </article>
  )
}
