import { Button, Group, Modal, Stack } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'

interface Props {
  readonly opened: boolean
  /** The question, with the name of what it is about. */
  readonly title: string
  /** What is lost, and what is not. */
  readonly children: ReactNode
  /** The verb on the button that does it. */
  readonly confirm: string
  /** Red, for what cannot be undone. */
  readonly danger?: boolean
  readonly busy?: boolean
  readonly disabled?: boolean
  readonly size?: string | number
  readonly onConfirm: () => void
  readonly onCancel: () => void
}

/** Asks before something is done; Cancel has the focus, and Escape cancels. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation()
  return (
    <Modal opened={props.opened} onClose={props.onCancel} title={props.title} size={props.size ?? 'md'}>
      <Stack>
        <div>{props.children}</div>
        <Group justify="flex-end">
          <Button variant="default" data-autofocus onClick={props.onCancel}>
            {t('cancel')}
          </Button>
          <Button
            color={props.danger ? 'red' : undefined}
            loading={props.busy ?? false}
            disabled={props.disabled ?? false}
            onClick={props.onConfirm}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
