import { ActionIcon, Anchor, Collapse, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconChevronRight, IconDots } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../shared/model/connection.ts'
import { appStore, useAppStore } from '../../stores/app-store.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { errorTitle } from '../../ui/error-text.ts'
import { StateDot } from '../../ui/StateBadge.tsx'
import { runConnectionAction } from './actions.ts'
import { ConnectionMenuItems } from './ConnectionMenu.tsx'
import { ConnectionPages } from './ConnectionPages.tsx'
import { connectionName, connectionStateText, connectionTone, needText } from './words.ts'
import classes from './connections.module.css'

/** Where a connection is not open: its state in words, why, and what to do. */
function ConnectionTrouble({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  const connect = (): void => void runConnectionAction('connect', connection)
  const { error, state, needs } = connection
  const words = error && state === 'failed' ? errorTitle(t, error) : needs ? needText(t, needs) : connectionStateText(t, connection)
  return (
    <div className={classes.trouble} role={state === 'failed' ? 'alert' : 'status'}>
      <span>{words}</span>
      <span className={classes.troubleActions}>
        {state === 'disconnected' && (
          <Anchor component="button" type="button" onClick={connect}>
            {t('app:action.connect')}
          </Anchor>
        )}
        {(state === 'failed' || state === 'reconnecting') && (
          <Anchor component="button" type="button" onClick={connect}>
            {t('retry')}
          </Anchor>
        )}
        {error && (
          <Anchor component="button" type="button" aria-expanded={open} onClick={() => setOpen(!open)}>
            {t('connections:whatToDo')}
          </Anchor>
        )}
      </span>
      {error && (
        <Collapse expanded={open}>
          <ErrorNotice plain error={error} onDone={connect} />
        </Collapse>
      )}
    </div>
  )
}

/** A connection in the sidebar: its name, state and kind; under it its pages, or what is wrong. Folds. */
export function ConnectionSection({ connection }: { readonly connection: Connection }) {
  const { t } = useTranslation()
  const folded = useAppStore((state) => state.foldedConnections[connection.id] ?? false)
  const name = connectionName(t, connection)
  const fold = (): void =>
    appStore.setState((state) => ({ foldedConnections: { ...state.foldedConnections, [connection.id]: !folded } }))
  const Chevron = folded ? IconChevronRight : IconChevronDown
  const kind = t(`connections:kind.${connection.kind}`)
  return (
    <section
      className={classes.section}
      aria-label={name}
      data-connection={connection.id}
      data-state={connection.state}
    >
      <Menu position="bottom-start" width={260}>
        <Menu.ContextMenu>
          <div className={classes.heading} onDoubleClick={() => void runConnectionAction('connection-details', connection)}>
            <button
              type="button"
              className={classes.fold}
              aria-expanded={!folded}
              onClick={fold}
              title={connection.uri}
            >
              <Chevron size={14} aria-hidden className={classes.chevron} />
              <StateDot tone={connectionTone(connection.state)} label={connectionStateText(t, connection)} />
              <span className={classes.name}>
                {`${name} `}
                <span className={classes.kind}>{kind}</span>
              </span>
            </button>
          </div>
        </Menu.ContextMenu>
        <Menu.Dropdown>
          <ConnectionMenuItems connection={connection} />
        </Menu.Dropdown>
      </Menu>
      <Menu position="bottom-end" width={260}>
        <Menu.Target>
          <ActionIcon
            variant="subtle"
            color="gray"
            size="sm"
            className={classes.more}
            aria-label={t('connections:menuOf', { name })}
          >
            <IconDots size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <ConnectionMenuItems connection={connection} />
        </Menu.Dropdown>
      </Menu>
      {connection.environmentDefault && (
        <Tooltip label={t('connections:environmentDefaultTip')}>
          <span className={classes.note} tabIndex={0}>
            {t('connections:environmentDefault')}
          </span>
        </Tooltip>
      )}
      {!folded && connection.note && <p className={classes.note}>{t(`connections:note.${connection.note}`)}</p>}
      {connection.state !== 'connected' && <ConnectionTrouble connection={connection} />}
      {!folded && (connection.state === 'connected' || connection.state === 'reconnecting') && (
        <ConnectionPages connection={connection.id} />
      )}
    </section>
  )
}
