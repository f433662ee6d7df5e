import { Alert, Anchor, Button, Stack, Text } from '@mantine/core'
import { useState, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import { isPluggedInto } from '../../../shared/model/network-machines.ts'
import { startNetwork } from '../../app/network-power.ts'
import { go, href, paths } from '../../app/paths.ts'
import { appStore } from '../../stores/app-store.ts'
import { DataTable } from '../../ui/DataTable.tsx'
import { formatList } from '../../ui/format.ts'
import { showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { StateBadge } from '../../ui/StateBadge.tsx'
import { stateTone, stateWord } from '../machines/index.ts'
import { sceneOf, type SceneMachine } from './diagram/scene.ts'
import { addressWord } from './diagram/words.ts'
import { useMachinesOn } from './use-machines.ts'
import classes from './networks.module.css'

/** More machines are in the list of machines, which draws only what is on screen. */
const MOST = 100

interface Props {
  readonly network: Network
  readonly machines: readonly DomainSummary[]
  /** What the picture's last node leads to. */
  readonly ref: Ref<HTMLDivElement>
}

/** The machines on a network, running or not, each a link to its page. */
export function NetworkMachines({ network, machines: listed, ref }: Props) {
  const { t } = useTranslation()
  const { machines } = sceneOf(network, listed)
  const macs = ({ domain }: SceneMachine): string => domain.cards.filter((card) => isPluggedInto(card, network)).map((card) => card.mac ?? '–').join(', ')
  const showAll = (): void => {
    go(paths.machines(network.connection))
    appStore.getState().setSearch(network.name)
  }
  return (
    <div ref={ref} tabIndex={-1} className={classes.machines}>
      <Section title={t('networks:machines')}>
        {machines.length === 0 && <Text c="dimmed">{t('networks:machinesNone')}</Text>}
        {machines.length > 0 && (
          <DataTable
            caption={t('networks:machines')}
            rows={machines.slice(0, MOST)}
            rowKey={({ domain }) => domain.uuid}
            columns={[
              {
                key: 'machine',
                label: t('networks:machine'),
                cell: (machine) => (
                  <>
                    <Anchor display="inline-block" href={href(paths.machine(machine.domain.connection, machine.domain.uuid, 'details'))}>{machine.name}</Anchor>
                    <div className={classes.narrowOnly}>{macs(machine)}</div>
                  </>
                ),
              },
              { key: 'state', label: t('networks:state'), cell: ({ domain }) => <StateBadge tone={stateTone(domain)} label={stateWord(t, domain)} /> },
              { key: 'address', label: t('networks:address'), cell: (machine) => (machine.running ? (addressWord(t, machine) ?? '–') : '–') },
              { key: 'mac', label: 'MAC', wideOnly: 'very', cell: macs },
            ]}
          />
        )}
        {machines.length > MOST && (
          <Button variant="default" size="xs" mt="xs" onClick={showAll}>
            {t('networks:machinesAll', { count: machines.length })}
          </Button>
        )}
      </Section>
    </div>
  )
}

/** A network that is off while machines need it: said, with the button that starts it. */
export function NeededNetwork({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const machines = useMachinesOn(network)
  if (network.active || machines.length === 0) return null
  const start = async (): Promise<void> => {
    setBusy(true)
    await startNetwork(network).catch(showError)
    setBusy(false)
  }
  const names = machines.slice(0, MOST_NAMED).map(displayName)
  const more = machines.length > MOST_NAMED ? [t('networks:diagram.more', { count: machines.length - MOST_NAMED })] : []
  return (
    <Alert color="orange" variant="light" role="note">
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('networks:needed', { names: more.length > 0 ? [...names, ...more].join(', ') : formatList(names) })}</Text>
        <Button variant="default" size="xs" loading={busy} onClick={() => void start()}>
          {t('networks:startNeeded')}
        </Button>
      </Stack>
    </Alert>
  )
}

/** As many are named in a sentence. */
const MOST_NAMED = 12
