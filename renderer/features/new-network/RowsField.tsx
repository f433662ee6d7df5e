import { ActionIcon, Anchor, Group, Text, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { NetworkFinding } from '../../../shared/model/network-plan.ts'
import { at, described, FieldFindings } from './FieldFindings.tsx'
import { plainText } from './fields.ts'
import classes from './new-network.module.css'

interface Props {
  readonly title: string
  readonly hint: string
  /** Path in the plan: "ipv4.hosts". */
  readonly field: string
  readonly columns: readonly { readonly key: string; readonly label: string }[]
  readonly rows: readonly Readonly<Record<string, string>>[]
  readonly findings: readonly NetworkFinding[]
  readonly add: string
  readonly onAdd: () => void
  readonly onChange: (row: number, key: string, text: string) => void
  readonly onRemove: (row: number) => void
}

/** A list of entries of some texts each, with rows that come and go. */
export function RowsField({ title, hint, field, columns, rows, findings, add, onAdd, onChange, onRemove }: Props) {
  const { t } = useTranslation()
  return (
    <div className={classes.rows} role="group" aria-label={title}>
      <Text fw={600} size="sm">
        {title}
      </Text>
      {rows.length > 0 && (
        <Text size="xs" c="dimmed">
          {hint}
        </Text>
      )}
      {rows.map((row, index) => (
        <div key={index}>
          <Group gap="xs" wrap="nowrap" align="flex-start">
            {columns.map(({ key, label }) => (
              <TextInput
                key={key}
                {...plainText}
                className={classes.grow}
                label={label}
                value={row[key] ?? ''}
                {...described(at(findings, `${field}.${index}.${key}`))}
                onChange={(event) => onChange(index, key, event.currentTarget.value)}
              />
            ))}
            <ActionIcon
              variant="subtle"
              color="gray"
              className={classes.beside}
              aria-label={t('new-network:rows.remove', { number: index + 1 })}
              onClick={() => onRemove(index)}
            >
              <IconX size={16} aria-hidden />
            </ActionIcon>
          </Group>
          <FieldFindings findings={at(findings, `${field}.${index}`)} />
        </div>
      ))}
      <FieldFindings findings={at(findings, field)} />
      <Anchor component="button" type="button" size="sm" className={classes.start} onClick={onAdd}>
        {add}
      </Anchor>
    </div>
  )
}
