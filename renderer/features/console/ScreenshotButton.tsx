import { Anchor, Button, Stack, Text } from '@mantine/core'
import { IconCamera } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { showDone, showError } from '../../ui/notices.tsx'

/** Saves the machine's screen as a picture, and says where. */
export function ScreenshotButton({ connection, uuid }: MachineRef) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const save = async (): Promise<void> => {
    setBusy(true)
    try {
      const { path } = await call('domain.save-screenshot', { connection, uuid })
      // Null: the person closed the dialog that asks for a place.
      if (path !== null) showDone(t('console:screenshot.saved'), <SavedPicture path={path} />)
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Button
      variant="default"
      size="xs"
      leftSection={<IconCamera size={16} aria-hidden />}
      title={t('console:screenshot.button')}
      loading={busy}
      onClick={() => void save()}
    >
      {t('console:screenshot.button')}
    </Button>
  )
}

function SavedPicture({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  return (
    <Stack gap={4}>
      <Text size="sm" style={{ overflowWrap: 'anywhere' }}>
        {path}
      </Text>
      <Anchor component="button" type="button" size="sm" ta="start" onClick={() => void call('desktop.open-folder', { path }).catch(showError)}>
        {t('console:screenshot.openFolder')}
      </Anchor>
    </Stack>
  )
}
