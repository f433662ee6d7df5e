import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import type { ReactNode, SubmitEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditEffect } from '../../../../shared/model/machine-edit.ts'
import { ErrorNotice } from '../../../ui/ErrorNotice.tsx'
import classes from './edit.module.css'

interface Props {
  readonly title: string
  readonly children: ReactNode
  readonly busy: boolean
  readonly error: unknown
  readonly disabled: boolean
  readonly onSave: () => void
  readonly onClose: () => void
}

/** A form of a machine's details, saved by one button. */
export function EditForm({ title, children, busy, error, disabled, onSave, onClose }: Props) {
  const { t } = useTranslation()
  const submit = (event: SubmitEvent): void => {
    event.preventDefault()
    if (!busy && !disabled) onSave()
  }
  return (
    <Modal opened onClose={onClose} title={title} size="lg">
      <form onSubmit={submit} noValidate>
        <Stack>
          {children}
          {error !== null && <ErrorNotice error={error} />}
          <Group justify="flex-end" gap="xs">
            <Button variant="default" onClick={onClose}>
              {t('cancel')}
            </Button>
            <Button type="submit" loading={busy} disabled={disabled}>
              {t('machine:edit.save')}
            </Button>
          </Group>
        </Stack>
      </form>
    </Modal>
  )
}

/** When a value takes effect; said before it is saved. Nothing for a machine that is simply off. */
export function Effect({ effect }: { readonly effect: EditEffect }) {
  const { t } = useTranslation()
  if (effect === 'start') return null
  return (
    <Text component="p" size="xs" className={classes.effect} data-effect={effect}>
      {t(`machine:edit.effect.${effect}`)}
    </Text>
  )
}
