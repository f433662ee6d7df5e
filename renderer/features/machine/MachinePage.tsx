import { Button, Loader, SegmentedControl } from '@mantine/core'
import { IconDeviceDesktopOff, IconPlayerPause, IconPlayerPlay } from '@tabler/icons-react'
import { lazy, Suspense } from 'react'
import { useTranslation } from 'react-i18next'
import { go, href, paths } from '../../app/paths.ts'
import { useAppStore, useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { EmptyState } from '../../ui/EmptyState.tsx'
import { Page } from '../../ui/Page.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, whyNot } from '../../../shared/model/domain-rules.ts'
import { useConnectionName } from '../connections/index.ts'
import {
  ActionConfirm,
  beginAction,
  ConnectionGate,
  MoreButton,
  PowerButton,
  stateTone,
  stateWord,
  useReason,
} from '../machines/index.ts'
import { DetailsPage } from './DetailsPage.tsx'
import { MachineTrouble } from './MachineTrouble.tsx'
import { PendingButton } from './pending/PendingButton.tsx'
import { useDetails } from './use-details.ts'
import classes from './machine.module.css'

const ConsolePage = lazy(() => import('../console/index.ts').then((all) => ({ default: all.ConsolePage })))

type Tab = 'console' | 'details'

/** Pause or resume, whichever the state allows; neither is shown where the machine is off. */
function PauseButton({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const reasonFor = useReason(domain)
  const action = whyNot('resume', domain) === null ? 'resume' : 'suspend'
  if (whyNot(action, domain) !== null) return null
  const Symbol = action === 'resume' ? IconPlayerPlay : IconPlayerPause
  return (
    <Button
      variant="default"
      leftSection={<Symbol size={16} aria-hidden />}
      disabled={reasonFor(action) !== null}
      onClick={() => beginAction(action, domain)}
    >
      {t(`machines:action.${action}`)}
    </Button>
  )
}

function Tabs({ connection, uuid, tab }: MachineRef & { readonly tab: Tab }) {
  const { t } = useTranslation()
  return (
    <SegmentedControl
      aria-label={t('machine:tab.label')}
      value={tab}
      data={[
        { value: 'console', label: t('machine:tab.console') },
        { value: 'details', label: t('machine:tab.details') },
      ]}
      onChange={(value) =>
        go(paths.machine(connection, uuid, value === 'details' ? 'details' : 'console'), { replace: true })
      }
    />
  )
}

function Gone({ connection }: { readonly connection: string }) {
  const { t } = useTranslation()
  return (
    <EmptyState icon={<IconDeviceDesktopOff size={40} />} title={t('machine:gone.title')} text={t('machine:gone.text')}>
      <Button component="a" href={href(paths.machines(connection))}>
        {t('machine:gone.list')}
      </Button>
    </EmptyState>
  )
}

interface Props extends MachineRef {
  readonly tab: Tab
}

/** A machine's page: its console, or its details; what can be done to it is in the header of both. */
export function MachinePage({ connection, uuid, tab }: Props) {
  const { t } = useTranslation()
  const domain = useDomain(connection, uuid)
  const listed = useAppStore((state) => state.listed[connection] ?? false)
  const place = useConnectionName(connection)
  const state = useDetails({ connection, uuid }, !domain?.complete)
  const actions = domain && (
    <>
      {domain.state !== 'paused' && <PauseButton domain={domain} />}
      <PowerButton domain={domain} />
      <MoreButton domain={domain} />
    </>
  )
  return (
    <Page
      title={domain ? displayName(domain) : t('machine:machine')}
      subtitle={place}
      back={{ href: href(paths.machines(connection)), label: t('machine:back') }}
      badge={
        domain && (
          <>
            <StateBadge tone={stateTone(domain)} label={stateWord(t, domain)} />
            <PendingButton domain={domain} details={state.details} onChanged={state.put} />
          </>
        )
      }
      tabs={domain && <Tabs connection={connection} uuid={uuid} tab={tab} />}
      actions={actions}
      tools={['jobs']}
      bare
    >
      <div className={classes.page} data-tab={tab}>
        <ConnectionGate connection={connection}>
          {listed && !domain && <Gone connection={connection} />}
          {domain && <MachineTrouble domain={domain} />}
          {domain && !domain.complete && <EmptyState icon={<Loader size="sm" />} title={t('loading')} />}
          {domain?.complete && tab === 'console' && (
            <Suspense fallback={null}>
              <ConsolePage key={`${connection}|${uuid}`} connection={connection} uuid={uuid} />
            </Suspense>
          )}
          {domain?.complete && tab === 'details' && <DetailsPage key={`${connection}|${uuid}`} domain={domain} state={state} />}
        </ConnectionGate>
      </div>
      <ActionConfirm />
    </Page>
  )
}
