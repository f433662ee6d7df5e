import { Button, Code, Group, Stack, Text } from '@mantine/core'
import { IconExternalLink } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { ViewerOffer as Offer } from '../../../shared/model/viewer.ts'
import { call } from '../../api/client.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { showDone, showError } from '../../ui/notices.tsx'

/** Opens a running machine's display in a viewer that is installed, else says which package has one. */
export function ViewerOffer({ connection, uuid }: MachineRef) {
  const { t } = useTranslation()
  const [offer, setOffer] = useState<Offer | null>(null)
  const [busy, setBusy] = useState(false)
  useEffect(() => {
    let current = true
    call('console.viewer', { connection, uuid }).then((answer) => current && setOffer(answer), showError)
    return () => {
      current = false
    }
  }, [connection, uuid])
  if (!offer) return null
  const viewer = offer.program && t(`console:viewer.${offer.program}`)
  const open = async (): Promise<void> => {
    setBusy(true)
    try {
      await call('console.open-viewer', { connection, uuid })
      showDone(t('console:viewer.opened', { viewer }))
    } catch (error) {
      showError(error)
    } finally {
      setBusy(false)
    }
  }
  return (
    <Stack align="center" gap="xs">
      {viewer ? (
        <Button leftSection={<IconExternalLink size={16} aria-hidden />} loading={busy} onClick={() => void open()}>
          {t('console:viewer.open', { viewer })}
        </Button>
      ) : (
        <Text size="sm">{t('console:viewer.missing', { package: offer.package })}</Text>
      )}
      {viewer && <Text size="xs">{t('console:viewer.command')}</Text>}
      <Group gap="xs" justify="center" wrap="nowrap">
        <Code ta="left">{offer.command}</Code>
        <CopyButton compact text={offer.command} label={t('copyCommand')} />
      </Group>
    </Stack>
  )
}
