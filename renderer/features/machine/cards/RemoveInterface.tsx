import { Alert, Button, Group, Modal, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { call } from '../../../api/client.ts'
import { ConfirmDialog } from '../../../ui/ConfirmDialog.tsx'
import { DialogText } from '../../../ui/DialogText.tsx'
import { showDone, showError } from '../../../ui/notices.tsx'
import { beginAction } from '../../machines/index.ts'

interface Props {
  readonly details: DomainDetails
  readonly mac: string
  readonly number: number
  readonly onChanged: (details: DomainDetails) => void
}

/** removing: the guest is waited for, some seconds; kept: it has not let go. */
type Phase = 'closed' | 'asking' | 'removing' | 'kept'

/** Takes a network card out of the machine: asks first, and says so where the guest does not let go of it. */
export function RemoveInterface({ details, mac, number, onChanged }: Props) {
  const { t } = useTranslation()
  const [phase, setPhase] = useState<Phase>('closed')
  const { connection, uuid } = details
  const name = displayName(details)
  const close = (): void => setPhase('closed')
  const removeCard = async (): Promise<void> => {
    setPhase('removing')
    try {
      const answer = await call('domain.remove-interface', { connection, uuid, mac })
      setPhase(answer.gone ? 'closed' : 'kept')
      onChanged(answer.details)
      if (answer.gone) showDone(t('cards:removed'))
    } catch (error) {
      close()
      showError(error)
    }
  }
  return (
    <>
      <Button variant="default" aria-label={t('cards:removeCard', { number })} onClick={() => setPhase('asking')}>
        {t('cards:remove')}
      </Button>
      <ConfirmDialog
        opened={phase === 'asking' || phase === 'removing'}
        title={t('cards:removeTitle', { number, name })}
        confirm={t('cards:removeDo')}
        danger
        busy={phase === 'removing'}
        onConfirm={() => void removeCard()}
        onCancel={close}
      >
        {details.live ? t(details.persistent ? 'cards:removeOn' : 'cards:removeTransient') : t('cards:removeOff')}
      </ConfirmDialog>
      <Kept
        opened={phase === 'kept'}
        text={t(details.persistent ? 'cards:kept.text' : 'cards:kept.transient', { name })}
        onAgain={() => void removeCard()}
        onForce={() => {
          close()
          beginAction('destroy', details)
        }}
        onClose={close}
      />
    </>
  )
}

interface KeptProps {
  readonly opened: boolean
  readonly text: string
  readonly onAgain: () => void
  readonly onForce: () => void
  readonly onClose: () => void
}

/** The guest still has the card: what that means, and the ways out. */
function Kept({ opened, text, onAgain, onForce, onClose }: KeptProps) {
  const { t } = useTranslation()
  return (
    <Modal opened={opened} onClose={onClose} title={t('cards:kept.title')}>
      <Stack>
        <DialogText>
          <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="alert">
            <Stack gap="xs">
              <Text size="sm">{text}</Text>
              <Text size="sm">{t('cards:kept.why')}</Text>
            </Stack>
          </Alert>
        </DialogText>
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={onClose}>
            {t('cards:kept.leave')}
          </Button>
          <Button color="red" variant="light" onClick={onForce}>
            {t('machines:action.destroy')}
          </Button>
          <Button onClick={onAgain}>{t('retry')}</Button>
        </Group>
      </Stack>
    </Modal>
  )
}
