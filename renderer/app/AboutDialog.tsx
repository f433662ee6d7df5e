import { Group, Modal, Stack, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { connectionName } from '../features/connections/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import { DialogText } from '../ui/DialogText.tsx'
import { FactList } from '../ui/FactList.tsx'
import logo from './vivero.svg'

/** What this is, which version, and which libvirt each connection speaks to. */
export function AboutDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const info = useAppStore((state) => state.info)
  const connections = useAppStore((state) => state.connections)
  const versions = connections.map((connection) => ({
    label: connectionName(t, connection),
    value: connection.versions
      ? [`libvirt ${connection.versions.libvirt}`, connection.versions.hypervisor].filter(Boolean).join(' · ')
      : null,
  }))
  return (
    <Modal opened onClose={onClose} title={t('app:about.title')} size="md">
      <DialogText>
        <Stack>
          <Group>
            <img src={logo} alt="" width={48} height={48} />
            <div>
              <Text fw={700} size="lg">
                {t('app:name')}
              </Text>
              <Text c="dimmed">{t('app:about.what')}</Text>
            </div>
          </Group>
          <FactList
            facts={[
              { label: t('app:about.version'), value: info?.version },
              { label: t('app:about.licence'), value: 'MIT' },
              ...versions,
            ]}
          />
        </Stack>
      </DialogText>
    </Modal>
  )
}
