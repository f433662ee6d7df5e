import { Switch, Text } from '@mantine/core'
import type { TFunction } from 'i18next'
import type { ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { call } from '../../api/client.ts'
import { useAppStore, useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { formatNumber } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { useBusy } from '../../ui/use-busy.ts'
import type { DomainDetails, DomainSummary } from '../../../shared/model/domain.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { checkEdit, type MachineEdit } from '../../../shared/model/machine-edit.ts'
import { pendingChange, pendingOf } from '../../../shared/model/pending.ts'
import { useConnectionName } from '../connections/index.ts'
import { badReason, stateWord } from '../machines/index.ts'
import { EditableText } from './EditableText.tsx'
import { accelerationText, addressText, isPending, shownConfig, systemText } from './facts.ts'
import { NowMark, Pending } from './pending/marks.tsx'
import { pendingText } from './pending/words.ts'
import classes from './machine.module.css'

interface Props {
  /** The row of the list: its state is newer than the details'. */
  readonly domain: DomainSummary
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
  readonly actions: ReactNode
}

/** Starts the machine when libvirt starts; of a machine that only runs that cannot be. */
function AutostartSwitch({ details, label, onChanged }: Pick<Props, 'details' | 'onChanged'> & { readonly label: string }) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const { connection, uuid } = details
  const change = async (autostart: boolean): Promise<void> => onChanged((await call('domain.edit', { connection, uuid, autostart })).details)
  return (
    <Switch
      aria-label={label}
      label={details.autostart ? t('yes') : t('no')}
      description={details.persistent ? undefined : t('machine:overview.autostartTransient')}
      checked={details.autostart}
      disabled={busy || !details.persistent}
      onChange={(event) => {
        const { checked } = event.currentTarget
        void run(() => change(checked))
      }}
    />
  )
}

/** Why the name cannot be changed now: libvirt renames what is off and not saved. */
function nameLock(t: TFunction, domain: DomainSummary): string | null {
  if (!domain.persistent) return t('machine:edit.nameTransient')
  if (isActive(domain)) return t('machine:edit.nameRunning')
  return domain.saved ? t('machine:edit.nameSaved') : null
}

/** The words that run now, where the next start has others. */
function WordsNow({ details, field }: { readonly details: DomainDetails; readonly field: 'title' | 'description' }) {
  const { t } = useTranslation()
  const change = pendingOf(details, field, 'words')
  return change && <NowMark value={pendingText(t, change, 'live')} />
}

function Addresses({ details }: Pick<Props, 'details'>) {
  const { t } = useTranslation()
  if (details.addresses.length === 0) return t('machine:overview.noAddress')
  return details.addresses.map((entry) => <div key={`${entry.mac}|${entry.address}`}>{addressText(t, entry)}</div>)
}

/** What the machine is and where: title, description and autostart can be changed here. */
export function OverviewSection({ domain, details, onChanged, actions }: Props) {
  const { t } = useTranslation()
  const place = useConnectionName(details.connection)
  const session = useConnection(details.connection)?.kind === 'session'
  const autostart = session ? t('machine:overview.autostartSession') : t('machine:overview.autostart')
  const config = shownConfig(details)
  const machines = useAppStore(useShallow((state) => Object.values(state.domains).filter((one) => one.connection === details.connection)))
  const scene = { details, machines, limits: null }
  const save = async (edit: Pick<MachineEdit, 'title' | 'description' | 'name'>): Promise<void> =>
    onChanged((await call('domain.edit', { connection: details.connection, uuid: details.uuid, ...edit })).details)
  const firmware = (which: typeof config): string => (which?.firmware ? t(`machine:overview.${which.firmware}`) : '')
  const next = details.config
  const later = (field: string, text: string | null | undefined): ReactNode => {
    const change = pendingChange(details, field)
    return change && text ? <Pending text={text} next={pendingText(t, change, 'next')} /> : text
  }
  const stateText = [stateWord(t, domain), badReason(t, domain)].filter(Boolean).join(' · ')
  return (
    <Section title={t('machine:overview.title')} actions={actions}>
      <FactList
        facts={[
          {
            label: t('machine:overview.machineTitle'),
            value: (
              <>
                <EditableText
                  value={next ? next.title : details.title}
                  empty={t('machine:overview.noTitle')}
                  label={t('machine:overview.machineTitle')}
                  editLabel={t('machine:edit.title')}
                  check={(title) => checkEdit({ title }, scene)}
                  onSave={(title) => save({ title })}
                />
                <WordsNow details={details} field="title" />
              </>
            ),
          },
          {
            label: t('machine:overview.name'),
            value: (
              <EditableText
                value={details.name}
                empty=""
                label={t('machine:overview.name')}
                editLabel={t('machine:edit.name')}
                locked={nameLock(t, domain)}
                check={(name) => checkEdit({ name: name ?? '' }, scene)}
                onSave={(name) => save({ name: name ?? '' })}
              />
            ),
          },
          {
            label: t('machine:overview.description'),
            value: (
              <>
                <EditableText
                  value={(next ?? config)?.description ?? null}
                  empty={t('machine:overview.noDescription')}
                  label={t('machine:overview.description')}
                  editLabel={t('machine:edit.description')}
                  multiline
                  onSave={(description) => save({ description })}
                />
                <WordsNow details={details} field="description" />
              </>
            ),
          },
          { label: t('machine:overview.state'), value: stateText },
          { label: t('machine:overview.connection'), value: place },
          {
            label: t('machine:overview.uuid'),
            value: (
              <span className={classes.editable}>
                <Text component="span" ff="monospace" fz="sm">
                  {details.uuid}
                </Text>
                <CopyButton compact text={details.uuid} label={t('machine:overview.copyUuid')} />
              </span>
            ),
          },
          { label: t('machine:overview.addresses'), value: details.live ? <Addresses details={details} /> : null },
          { label: t('machine:overview.system'), value: systemText(t, details.osId) },
          { label: t('machine:overview.machineType'), value: later('machine-type', config?.machineType) },
          { label: t('machine:overview.arch'), value: config?.arch },
          {
            label: t('machine:overview.firmware'),
            value: firmware(config) && (
              <Pending text={firmware(config)} next={isPending(details, 'firmware') ? firmware(next) : null} />
            ),
          },
          { label: t('machine:overview.acceleration'), value: later('acceleration', config && accelerationText(t, config.virtType)) },
          { label: t('machine:overview.snapshots'), value: formatNumber(details.snapshots) },
          { label: autostart, value: <AutostartSwitch details={details} label={autostart} onChanged={onChanged} /> },
        ]}
      />
      {domain.saved && (
        <Text size="sm" mt="xs">
          {t('machine:overview.saved')}
        </Text>
      )}
    </Section>
  )
}
