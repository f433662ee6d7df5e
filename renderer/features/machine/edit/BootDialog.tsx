import { ActionIcon, Alert, Button, Checkbox, Text } from '@mantine/core'
import { IconArrowDown, IconArrowUp, IconInfoCircle } from '@tabler/icons-react'
import type { TFunction } from 'i18next'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { bootChoices, bootDevices, bootOrderOf, byDevices, moved, sameEntry } from '../../../../shared/model/boot-order.ts'
import type { BootEntry, DomainConfig, DomainDetails } from '../../../../shared/model/domain.ts'
import { displayName } from '../../../../shared/model/domain-rules.ts'
import { canSave, startEffect, type BootOrder } from '../../../../shared/model/machine-edit.ts'
import { FindingList } from '../../../ui/FindingList.tsx'
import { bootText } from '../facts.ts'
import { Effect, EditForm } from './EditForm.tsx'
import { useFindings, useSaveEdit } from './use-edit.ts'
import classes from './edit.module.css'

interface Props {
  readonly details: DomainDetails
  /** What the next start has. */
  readonly config: DomainConfig
  readonly onChanged: (details: DomainDetails) => void
  readonly onClose: () => void
}

/** In which order the machine looks for something to start: ticked ones, from top to bottom. */
export function BootDialog({ details, config, onChanged, onClose }: Props) {
  const { t } = useTranslation()
  const [order, setOrder] = useState<BootOrder>(() => bootOrderOf(config))
  const findings = useFindings(details, { boot: order }, null)
  const { busy, error, save } = useSaveEdit(details, onChanged)
  const submit = async (): Promise<void> => {
    if (JSON.stringify(order) === JSON.stringify(bootOrderOf(config)) || (await save({ boot: order }))) onClose()
  }
  return (
    <EditForm
      title={t('machine:edit.bootTitle', { name: displayName(details) })}
      busy={busy}
      error={error}
      disabled={!canSave(findings)}
      onSave={() => void submit()}
      onClose={onClose}
    >
      <Text size="sm">{t(order.by === 'kinds' ? 'machine:edit.bootKinds' : 'machine:edit.bootDevices')}</Text>
      <Entries config={config} order={order} onChange={setOrder} />
      {findings.length > 0 && <FindingList findings={findings} />}
      {order.by === 'kinds' && bootDevices(config).length > 0 && (
        <Alert variant="light" icon={<IconInfoCircle aria-hidden />} p="xs">
          <Text size="sm" mb={6}>
            {t('machine:edit.bootSingleHint')}
          </Text>
          <Button size="xs" variant="default" onClick={() => setOrder(byDevices(config, order))}>
            {t('machine:edit.bootSingle')}
          </Button>
        </Alert>
      )}
      <Effect effect={startEffect(details)} />
    </EditForm>
  )
}

interface EntriesProps {
  readonly config: DomainConfig
  readonly order: BootOrder
  readonly onChange: (order: BootOrder) => void
}

function Entries({ config, order, onChange }: EntriesProps) {
  const { t } = useTranslation()
  const last = order.entries.length - 1
  const drop = (entry: BootEntry): void => onChange({ ...order, entries: order.entries.filter((one) => one !== entry) })
  return (
    <ul className={classes.entries} aria-label={t('machine:boot.title')}>
      {order.entries.map((entry, at) => {
        const what = entryText(t, config, entry)
        return (
          <li key={`${entry.kind}|${entry.target}|${entry.kind === 'other' ? at : ''}`} className={classes.entry} data-boot={entry.target ?? entry.kind}>
            <Checkbox checked disabled={entry.kind === 'other'} label={what} onChange={() => drop(entry)} />
            <ActionIcon variant="default" size="lg" disabled={at === 0} aria-label={t('machine:edit.bootUp', { what })} onClick={() => onChange(moved(order, at, -1))}>
              <IconArrowUp size={16} aria-hidden />
            </ActionIcon>
            <ActionIcon variant="default" size="lg" disabled={at === last} aria-label={t('machine:edit.bootDown', { what })} onClick={() => onChange(moved(order, at, 1))}>
              <IconArrowDown size={16} aria-hidden />
            </ActionIcon>
          </li>
        )
      })}
      {bootChoices(config, order).map((entry) => (
        <li key={`${entry.kind}|${entry.target}`} className={classes.entry} data-boot={entry.target ?? entry.kind}>
          <Checkbox checked={false} label={entryText(t, config, entry)} onChange={() => onChange({ ...order, entries: [...order.entries, entry] })} />
        </li>
      ))}
    </ul>
  )
}

/** "CD (sda) · debian.iso": of a drive also what is in it. */
function entryText(t: TFunction, config: DomainConfig, entry: BootEntry): string {
  const disk = config.disks.find(({ device, target }) => sameEntry(entry, { kind: device === 'cdrom' ? 'cdrom' : device === 'floppy' ? 'fd' : 'disk', target }))
  const path = disk?.path ?? disk?.sourceName
  return [bootText(t, entry), path?.slice(path.lastIndexOf('/') + 1)].filter(Boolean).join(' · ')
}
