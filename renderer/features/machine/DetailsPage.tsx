import { Alert, Button, Loader, Stack } from '@mantine/core'
import { IconCode } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../stores/app-store.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Section } from '../../ui/Section.tsx'
import type { DomainDetails, DomainSummary } from '../../../shared/model/domain.ts'
import { CommandsSection } from './CommandsSection.tsx'
import { DisksSection } from './DisksSection.tsx'
import { DisplaySection } from './DisplaySection.tsx'
import { bootText, countDevices, isPending, shownConfig } from './facts.ts'
import { CardsSection } from './cards/CardsSection.tsx'
import { OverviewSection } from './OverviewSection.tsx'
import { LogButton } from './MachineTrouble.tsx'
import { Pending } from './Pending.tsx'
import { ResourcesSection } from './ResourcesSection.tsx'
import { useHasLog } from './trouble.ts'
import { useDetails, type DetailsState } from './use-details.ts'
import classes from './machine.module.css'

interface PartProps {
  readonly details: DomainDetails
}

function BootSection({ details }: PartProps) {
  const { t } = useTranslation()
  const words = (config: typeof details.config): string =>
    config?.boot.map((entry) => bootText(t, entry)).join(' → ') || t('machine:boot.none')
  return (
    <Section title={t('machine:boot.title')}>
      <FactList
        facts={[
          {
            label: t('machine:boot.title'),
            value: (
              <Pending
                text={words(shownConfig(details))}
                next={isPending(details, 'boot') ? words(details.config) : null}
              />
            ),
          },
        ]}
      />
    </Section>
  )
}

function OthersSection({ details }: PartProps) {
  const { t } = useTranslation()
  const others = shownConfig(details)?.others ?? []
  if (others.length === 0) return null
  return (
    <Section title={t('machine:others.title')}>
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
      <ResourcesSection details={details} />
      <BootSection details={details} />
      <DisksSection details={details} onChanged={state.put} />
      <CardsSection details={details} onChanged={state.put} />
      <DisplaySection details={details} onChanged={state.put} />
      <OthersSection details={details} />
      <CommandsSection domain={domain} />
    </Stack>
  )
}

/** A machine's details, as libvirt has them. */
export function DetailsPage({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const state = useDetails(domain)
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
