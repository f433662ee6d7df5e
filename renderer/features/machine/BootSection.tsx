import { Alert, Button, Group, Text } from '@mantine/core'
import { IconDisc } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { diskFirst, startsFromCd } from '../../../shared/model/boot-order.ts'
import type { DomainConfig, DomainDetails } from '../../../shared/model/domain.ts'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Section } from '../../ui/Section.tsx'
import { BootDialog } from './edit/BootDialog.tsx'
import { useSaveEdit } from './edit/use-edit.ts'
import { bootText, isPending, shownConfig } from './facts.ts'
import { Pending } from './pending/marks.tsx'

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** The boot order, changed in a dialog; and by one click after an installation. */
export function BootSection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const { config } = details
  const words = (one: DomainConfig | null): string => one?.boot.map((entry) => bootText(t, entry)).join(' → ') || t('machine:boot.none')
  const change = (
    <Button variant="default" aria-label={t('machine:edit.boot')} onClick={() => setEditing(true)}>
      {t('machine:edit.change')}
    </Button>
  )
  return (
    <Section title={t('machine:boot.title')} actions={config && change}>
      <FactList
        facts={[
          {
            label: t('machine:boot.title'),
            value: <Pending text={words(shownConfig(details))} next={isPending(details, 'boot') ? words(config) : null} />,
          },
        ]}
      />
      {config && <AfterInstall details={details} config={config} onChanged={onChanged} />}
      {editing && config && <BootDialog details={details} config={config} onChanged={onChanged} onClose={() => setEditing(false)} />}
    </Section>
  )
}

/** The CD comes first: an installer would begin again. */
function AfterInstall({ details, config, onChanged }: Props & { readonly config: DomainConfig }) {
  const { t } = useTranslation()
  const { busy, error, save } = useSaveEdit(details, onChanged)
  const order = diskFirst(config)
  if (!order || !startsFromCd(config)) return null
  return (
    <Alert variant="light" color="blue" icon={<IconDisc aria-hidden />} mt="xs">
      <Group justify="space-between" gap="xs">
        <Text size="sm" flex={1} miw="14rem">
          {t('machine:boot.cdFirst')}
        </Text>
        <Button variant="default" loading={busy} onClick={() => void save({ boot: order })}>
          {t('machine:boot.diskFirst')}
        </Button>
      </Group>
      {error !== null && <ErrorNotice error={error} />}
    </Alert>
  )
}
