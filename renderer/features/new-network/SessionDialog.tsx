import { Button, Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { connectionName } from '../connections/index.ts'
import { DialogText } from '../../ui/DialogText.tsx'
import { openNetworksOf, useSystem } from './session.ts'

/** Where a session's networks would be: why there are none, and what to do instead. */
export function SessionDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const system = useSystem()
  const name = system && connectionName(t, system)
  return (
    <Modal opened onClose={onClose} title={t('new-network:session.title')} size="lg">
      <Stack>
        <DialogText>
          <Stack gap="xs">
            <Text size="sm">{t('new-network:session.text')}</Text>
            <Text size="sm">{t('new-network:session.user')}</Text>
            {name && <Text size="sm">{t('new-network:session.system', { name })}</Text>}
          </Stack>
        </DialogText>
        <Group justify="flex-end">
          <Button variant="default" onClick={onClose}>
            {t('close')}
          </Button>
          {system && name && (
            <Button
              onClick={() => {
                onClose()
                openNetworksOf(system)
              }}
            >
              {t('new-network:session.open', { name })}
            </Button>
          )}
        </Group>
      </Stack>
    </Modal>
  )
}
