import { Anchor, Collapse, Text } from '@mantine/core'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import type { PoolType } from '../../../shared/model/storage.ts'
import { call } from '../../api/client.ts'
import { typeText } from './words.ts'
import classes from './storage.module.css'

/** The kinds of pools that libvirt knows; null while they are read, empty where it does not say. */
function useTypes(connection: ConnectionId): readonly PoolType[] | null {
  const [types, setTypes] = useState<readonly PoolType[] | null>(null)
  useEffect(() => {
    let current = true
    call('pool.types', { connection }).then(
      (answer) => current && setTypes(answer),
      () => current && setTypes([]),
    )
    return () => {
      current = false
    }
  }, [connection])
  return types
}

/** What is made here, and which other kinds this host could run; those whose back end is missing are marked. */
export function PoolTypes({ connection }: { readonly connection: ConnectionId }) {
  const { t } = useTranslation()
  const types = useTypes(connection)
  const [open, setOpen] = useState(false)
  return (
    <div>
      <Text size="sm">
        {t('storage:new.type', { type: typeText(t, { type: 'dir' }) })}
        {types && types.length > 0 && (
          <>
            {' '}
            <Anchor component="button" type="button" size="sm" ml={6} aria-expanded={open} onClick={() => setOpen(!open)}>
              {t('storage:new.otherTypes')}
            </Anchor>
          </>
        )}
      </Text>
      <Collapse expanded={open}>
        <ul className={classes.types} aria-label={t('storage:new.otherTypes')}>
          {(types ?? []).map((one) => (
            <li key={one.type} className={one.supported ? undefined : classes.lacking}>
              {one.supported ? typeText(t, one) : t('storage:new.lacking', { type: typeText(t, one) })}
            </li>
          ))}
        </ul>
        <Text size="xs" c="dimmed" mt={4}>
          {t('storage:new.typesHelp')}
        </Text>
      </Collapse>
    </div>
  )
}
