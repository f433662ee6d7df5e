import { Button, Group, Modal, Stack } from '@mantine/core'
import { useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { uiServices } from './services.ts'

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
  /** The dialog is busy until it is done; what it throws is shown, and the dialog stays. */
  readonly onConfirm: () => void | Promise<void>
  readonly onCancel: () => void
}

/** Asks before something is done; Cancel has the focus, and Escape cancels. */
export function ConfirmDialog(props: Props) {
  const { t } = useTranslation()
  const [working, setWorking] = useState(false)
  const confirm = async (): Promise<void> => {
    setWorking(true)
    try {
      await props.onConfirm()
    } catch (error) {
      uiServices().showError(error)
    } finally {
      setWorking(false)
    }
  }
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
            loading={working || (props.busy ?? false)}
            disabled={props.disabled ?? false}
            onClick={() => void confirm()}
          >
            {props.confirm}
          </Button>
        </Group>
      </Stack>
    </Modal>
  )
}
