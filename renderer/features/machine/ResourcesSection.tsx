import { Button, Group, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainConfig, DomainDetails } from '../../../shared/model/domain.ts'
import { heldMemory } from '../../../shared/model/machine-edit.ts'
import { call } from '../../api/client.ts'
import { FactList } from '../../ui/FactList.tsx'
import { formatKiB, formatNumber } from '../../ui/format.ts'
import { showDone, showError } from '../../ui/notices.tsx'
import { Section } from '../../ui/Section.tsx'
import { useBusy } from '../../ui/use-busy.ts'
import { SizesDialog } from './edit/SizesDialog.tsx'
import { cpuText, isPending, ofMax, shownConfig } from './facts.ts'
import { Pending } from './pending/marks.tsx'

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** Processors and memory, now and at the next start; changed in a dialog. */
export function ResourcesSection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const [editing, setEditing] = useState(false)
  const shown = shownConfig(details)
  const next = details.config
  const wanted = heldMemory(details)
  if (!shown) return null
  const vcpus = (one: DomainConfig): string => ofMax(t, formatNumber(one.vcpus), formatNumber(one.maxVcpus))
  const memory = (one: DomainConfig): string => ofMax(t, formatKiB(one.memoryKiB), formatKiB(one.maxMemoryKiB))
  const topology = (one: DomainConfig): string => (one.cpu.topology ? t('machine:cpu.topologyText', { ...one.cpu.topology }) : '')
  /** The value, and the next one where one of these waits. */
  const value = (text: (one: DomainConfig) => string, ...fields: readonly string[]) =>
    text(shown) && (
      <Pending text={text(shown)} next={next && text(next) !== text(shown) && fields.some((field) => isPending(details, field)) ? text(next) : null} />
    )
  const change = (
    <Button variant="default" aria-label={t('machine:edit.sizes')} onClick={() => setEditing(true)}>
      {t('machine:edit.change')}
    </Button>
  )
  return (
    <Section title={t('machine:cpu.title')} actions={next && change}>
      <FactList
        facts={[
          { label: t('machine:cpu.vcpus'), value: value(vcpus, 'vcpus', 'max-vcpus') },
          { label: t('machine:cpu.mode'), value: value((one) => cpuText(t, one.cpu), 'cpu') },
          { label: t('machine:cpu.topology'), value: value(topology, 'cpu') },
          { label: t('machine:cpu.memory'), value: value(memory, 'memory', 'max-memory') },
        ]}
      />
      {details.live && wanted !== null && <Held details={details} has={details.live.memoryKiB} wanted={wanted} onChanged={onChanged} />}
      {editing && next && <SizesDialog details={details} config={next} onChanged={onChanged} onClose={() => setEditing(false)} />}
    </Section>
  )
}

/** The guest has more memory than it should: why that waits for nothing, and asking it once more. */
function Held({ details, has, wanted, onChanged }: Props & { readonly has: number; readonly wanted: number }) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const { connection, uuid } = details
  const ask = async (): Promise<void> => {
    const answer = await call('domain.edit', { connection, uuid, memory: { kib: wanted, maxKib: has } })
    onChanged(answer.details)
    for (const failure of answer.failures) showError(failure.error)
    if (answer.failures.length === 0) showDone(t('machine:cpu.gave'))
  }
  return (
    <Group gap="sm" mt={6} align="flex-start" wrap="nowrap" data-held>
      <Text size="sm" c="dimmed">
        {t('machine:cpu.held', { has: formatKiB(has), wanted: formatKiB(wanted) })}
      </Text>
      <Button variant="default" size="xs" flex="none" loading={busy} onClick={() => void run(ask)}>
        {t('machine:cpu.askBack')}
      </Button>
    </Group>
  )
}
