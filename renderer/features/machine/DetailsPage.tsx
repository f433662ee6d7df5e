import { Alert, Button, Loader, Stack } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Section } from '../../ui/Section.tsx'
import type { DomainDetails, DomainSummary } from '../../../shared/model/domain.ts'
import { BootSection } from './BootSection.tsx'
import { CommandsSection } from './CommandsSection.tsx'
import { DisksSection } from './DisksSection.tsx'
import { DisplaySection } from './DisplaySection.tsx'
import { countDevices, shownConfig } from './facts.ts'
import { CardsSection } from './cards/CardsSection.tsx'
import { OverviewSection } from './OverviewSection.tsx'
import { LogButton } from './MachineTrouble.tsx'
import { DevicesMark } from './pending/marks.tsx'
import { ResourcesSection } from './ResourcesSection.tsx'
import { useHasLog } from './trouble.ts'
import type { DetailsState } from './use-details.ts'
import classes from './machine.module.css'

interface PartProps {
  readonly details: DomainDetails
}

function OthersSection({ details }: PartProps) {
  const { t } = useTranslation()
  const others = shownConfig(details)?.others ?? []
  const marked = details.pending.filter(({ kind }) => kind === 'devices')
  if (others.length === 0 && marked.length === 0) return null
  return (
    <Section title={t('machine:others.title')} badge={marked.map((change) => <DevicesMark key={change.field} change={change} />)}>
      <ul className={classes.others}>
        {countDevices(others).map((device) => (
          <li key={`${device.element}|${device.fact}`}>
            <span className={classes.element}>{device.element}</span>
            {device.fact && <span className={classes.dim}>{device.fact}</span>}
            {device.count > 1 && (
              <span className={classes.dim}>{t('machine:others.times', { count: device.count })}</span>
            )}
          </li>
        ))}
      </ul>
    </Section>
  )
}

function XmlButton({ details }: PartProps) {
  const { t } = useTranslation()
  return (
    <Button
      variant="default"
      leftSection={<IconCode size={16} aria-hidden />}
      onClick={() => openDialog({ kind: 'machine-xml', connection: details.connection, uuid: details.uuid })}
    >
      {t('machine:xml.button')}
    </Button>
  )
}

function Sections({
  domain,
  details,
  state,
}: {
  readonly domain: DomainSummary
  readonly details: DomainDetails
  readonly state: DetailsState
}) {
  const { t } = useTranslation()
  const hasLog = useHasLog(domain.connection)
  return (
    <Stack gap="lg">
      {details.pending.length > 0 && (
        <Alert color="orange" variant="light" role="status">
          {t('machine:pending.note')}
        </Alert>
      )}
      {!domain.persistent && (
        <Alert color="orange" variant="light" role="status">
          {t('machine:transient')}
        </Alert>
      )}
      <OverviewSection
        domain={domain}
        details={details}
        onChanged={state.put}
        actions={
          <>
            {hasLog && <LogButton domain={domain} />}
            <XmlButton details={details} />
          </>
        }
      />
      <ResourcesSection details={details} onChanged={state.put} />
      <BootSection details={details} onChanged={state.put} />
      <DisksSection details={details} onChanged={state.put} />
      <CardsSection details={details} onChanged={state.put} />
      <DisplaySection details={details} onChanged={state.put} />
      <OthersSection details={details} />
      <CommandsSection domain={domain} />
    </Stack>
  )
}

/** A machine's details, as libvirt has them. */
export function DetailsPage({ domain, state }: { readonly domain: DomainSummary; readonly state: DetailsState }) {
  const { t } = useTranslation()
  const { details, error } = state
  return (
    <div className={classes.details}>
      <div className={classes.column}>
        {error !== null && <ErrorNotice error={error} onRetry={() => void state.reload()} />}
        {!details && error === null && <EmptyState icon={<Loader size="sm" />} title={t('machine:loading')} />}
        {details && <Sections domain={domain} details={details} state={state} />}
      </div>
    </div>
  )
}
