import { Button } from '@mantine/core'
import { IconPlugConnectedX } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useTranslation } from 'react-i18next'
import type { Connection } from '../../../shared/model/connection.ts'
import { openDialog } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { errorTitle } from '../../ui/error-text.ts'
import { connectionName, needText, runConnectionAction } from '../connections/index.ts'
import classes from './machines.module.css'

/** Whether no connection is there that could be asked for its machines: then nobody knows that there are none. */
export const nobodyToAsk = (connections: readonly Connection[]): boolean =>
  !connections.some((one) => one.state !== 'disconnected' && one.state !== 'failed')

/** Why a connection is not open, in a sentence. */
function whyNot(t: TFunction, { error, needs }: Connection): string {
  if (error) return errorTitle(t, error)
  return needs ? needText(t, needs) : t('machines:connection.disconnected')
}

/** All machines, while every connection has failed or is closed: which, why, and the ways out. */
export function NoConnection({ connections }: { readonly connections: readonly Connection[] }) {
  const { t } = useTranslation()
  const text = (
    <>
      <p>{t('machines:nobody.text')}</p>
      {connections.length > 0 && (
        <ul className={classes.reasons}>
          {connections.map((connection) => (
            <li key={connection.id}>
              <span className={classes.reasonWords}>
                <span className={classes.reasonName}>{connectionName(t, connection)}</span>
                <span>{whyNot(t, connection)}</span>
              </span>
              <Button size="xs" variant="default" flex="none" onClick={() => void runConnectionAction('connect', connection)}>
                {connection.state === 'failed' ? t('retry') : t('machines:connection.connect')}
              </Button>
            </li>
          ))}
        </ul>
      )}
    </>
  )
  return (
    <EmptyState icon={<IconPlugConnectedX size={40} />} title={t('machines:nobody.title')} text={text}>
      <Button variant="default" onClick={() => openDialog({ kind: 'add-connection' })}>
        {t('app:action.add-connection')}
      </Button>
    </EmptyState>
  )
}
