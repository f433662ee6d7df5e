import { Badge, Button, Group, Stack, Text } from '@mantine/core'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { openDialog } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { showDone, showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { useBusy } from '../../ui/use-busy.ts'
import type { DomainDetails, DomainDisk } from '../../../shared/model/domain.ts'
import { diskField, pendingOf } from '../../../shared/model/pending.ts'
import { DeviceMark, Pending } from './pending/marks.tsx'
import classes from './machine.module.css'

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** Copy the path, show it in the file manager. */
function PathButtons({ path }: { readonly path: string }) {
  const { t } = useTranslation()
  return (
    <>
      <CopyButton variant="default" text={path} label={t('machine:disks.copyPath')} />
      <Button variant="default" onClick={() => void call('desktop.open-folder', { path }).catch(showError)}>
        {t('machine:disks.openFolder')}
      </Button>
    </>
  )
}

/** Change and eject a CD, running or off. */
function DriveButtons({ details, disk, onChanged }: Props & { readonly disk: DomainDisk }) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const { connection, uuid } = details
  const empty = disk.path === null && disk.sourceName === null
  const eject = async (): Promise<void> => {
    onChanged(await call('domain.change-media', { connection, uuid, target: disk.target, path: null }))
    showDone(t('machine:media.ejected'))
  }
  return (
    <>
      <Button
        variant="default"
        disabled={busy}
        onClick={() => openDialog({ kind: 'change-media', connection, uuid, target: disk.target })}
      >
        {empty ? t('machine:disks.insert') : t('machine:disks.change')}
      </Button>
      {!empty && (
        <Button variant="default" loading={busy} onClick={() => void run(eject)}>
          {t('machine:disks.eject')}
        </Button>
      )}
    </>
  )
}

/** Whether it comes or goes at the next start. */
function DiskMark({ details, disk }: { readonly details: DomainDetails; readonly disk: DomainDisk }) {
  const change = pendingOf(details, diskField(disk.target), 'disk')
  if (!change) return null
  if (!change.live) return <DeviceMark what="comes" />
  return change.next ? null : <DeviceMark what="goes" />
}

function Disk({ details, disk, onChanged }: Props & { readonly disk: DomainDisk }) {
  const { t } = useTranslation()
  const removable = disk.device === 'cdrom' || disk.device === 'floppy'
  const where = disk.path ?? disk.sourceName
  const cached = disk.cache !== null && disk.cache !== 'default' ? disk.cache : null
  const change = pendingOf(details, diskField(disk.target), 'disk')
  const next = change?.live ? change.next : null
  /** A fact, and what it becomes. */
  const both = (now: string | null, then: string | null | undefined): ReactNode =>
    next && then !== now ? <Pending text={now ?? t('machine:pending.nothing')} next={then ?? t('machine:pending.nothing')} /> : now
  return (
    <li className={classes.device} data-target={disk.target}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{t(`machine:disks.${disk.device}`, { target: disk.target })}</Text>
          {disk.readOnly && !removable && (
            <Badge variant="default" tt="none">
              {t('machine:disks.readOnly')}
            </Badge>
          )}
          <DiskMark details={details} disk={disk} />
        </Group>
        <Group gap="xs">
          {disk.path !== null && <PathButtons path={disk.path} />}
          {disk.device === 'cdrom' && <DriveButtons details={details} disk={disk} onChanged={onChanged} />}
        </Group>
      </Group>
      <FactList
        facts={[
          {
            label: disk.path === null && where !== null ? t('machine:disks.source') : t('machine:disks.path'),
            value: both(where ?? t('machine:disks.empty'), next?.path ?? next?.sourceName ?? t('machine:disks.empty')),
          },
          { label: t('machine:disks.format'), value: where === null ? null : both(disk.format, next?.format ?? disk.format) },
          { label: t('machine:disks.bus'), value: both(disk.bus, next?.bus) },
          { label: t('machine:disks.cache'), value: both(cached, next?.cache === 'default' ? null : next?.cache) },
          { label: t('machine:disks.discard'), value: both(disk.discard, next?.discard) },
        ]}
      />
    </li>
  )
}

/** The running machine's disks, then those that only its next start has. */
function listedDisks({ live, config }: DomainDetails): readonly DomainDisk[] {
  const now = live?.disks ?? []
  return [...now, ...(config?.disks ?? []).filter((disk) => !now.some(({ target }) => target === disk.target))]
}

/** The disks and drives, each with its path. */
export function DisksSection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const disks = listedDisks(details)
  return (
    <Section title={t('machine:disks.title')}>
      <Stack component="ul" gap="md" className={classes.devices}>
        {disks.length === 0 && <li>{t('machine:disks.none')}</li>}
        {disks.map((disk) => (
          <Disk key={disk.target} details={details} disk={disk} onChanged={onChanged} />
        ))}
      </Stack>
    </Section>
  )
}
