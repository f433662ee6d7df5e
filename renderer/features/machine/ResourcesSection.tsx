import { useTranslation } from 'react-i18next'
import type { DomainConfig, DomainDetails } from '../../../shared/model/domain.ts'
import { FactList } from '../../ui/FactList.tsx'
import { formatKiB, formatNumber } from '../../ui/format.ts'
import { Section } from '../../ui/Section.tsx'
import { cpuText, isPending, ofMax, shownConfig } from './facts.ts'
import { Pending } from './Pending.tsx'

/** Processors and memory, now and at the next start. */
export function ResourcesSection({ details }: { readonly details: DomainDetails }) {
  const { t } = useTranslation()
  const config = shownConfig(details)
  if (!config) return null
  const vcpus = (one: DomainConfig | null): string =>
    one ? ofMax(t, formatNumber(one.vcpus), formatNumber(one.maxVcpus)) : ''
  const memory = (one: DomainConfig | null): string =>
    one ? ofMax(t, formatKiB(one.memoryKiB), formatKiB(one.maxMemoryKiB)) : ''
  const { topology } = config.cpu
  return (
    <Section title={t('machine:cpu.title')}>
      <FactList
        facts={[
          {
            label: t('machine:cpu.vcpus'),
            value: <Pending text={vcpus(config)} next={isPending(details, 'vcpus') ? vcpus(details.config) : null} />,
          },
          { label: t('machine:cpu.mode'), value: cpuText(t, config.cpu) },
          { label: t('machine:cpu.topology'), value: topology && t('machine:cpu.topologyText', { ...topology }) },
          {
            label: t('machine:cpu.memory'),
            value: (
              <Pending text={memory(config)} next={isPending(details, 'memory') ? memory(details.config) : null} />
            ),
          },
        ]}
      />
    </Section>
  )
}
