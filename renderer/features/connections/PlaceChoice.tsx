import { Anchor, Collapse, Group, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import type { ConnectionId } from '../../../shared/model/connection.ts'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import { KindsExplained } from './KindsExplained.tsx'
import { connectionName } from './words.ts'
import classes from './kinds.module.css'

interface Props {
  readonly connection: ConnectionId
  readonly onChange: (connection: ConnectionId) => void
}

/** On which connection something new will live; what each kind means folds out. */
export function PlaceChoice({ connection: id, onChange }: Props) {
  const { t } = useTranslation()
  const connections = useAppStore(useShallow((state) => state.connections))
  const connection = useConnection(id)
  const [open, setOpen] = useState(false)
  const kind = connection?.kind
  const data = connections.map((one) => {
    const name = connectionName(t, one)
    const closed = one.state !== 'connected'
    return { value: one.id, label: closed ? t('connections:place.closed', { name }) : name, disabled: closed }
  })
  return (
    <div className={classes.place}>
      <Group gap="xs" justify="space-between" align="flex-end">
        <Select
          className={classes.select}
          label={t('connections:place.label')}
          allowDeselect={false}
          data={data}
          value={id}
          onChange={(value) => value !== null && onChange(value)}
        />
        <Anchor component="button" type="button" size="sm" className={classes.asked} aria-expanded={open} onClick={() => setOpen(!open)}>
          {t('connections:kinds.title')}
        </Anchor>
      </Group>
      {!open && (kind === 'session' || kind === 'system') && (
        <Text size="xs" c="dimmed">
          {t(`connections:kinds.${kind}.lives`)}
        </Text>
      )}
      <Collapse expanded={open} className={classes.answer}>
        <KindsExplained />
      </Collapse>
    </div>
  )
}
