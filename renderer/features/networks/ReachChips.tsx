import { Text } from '@mantine/core'
import { IconCheck, IconRoute, IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import type { Network } from '../../../shared/model/network.ts'
import { reachOfNetwork, type Reach } from '../../../shared/model/reach.ts'
import { Section } from '../../ui/Section.tsx'
import { reachWord } from './summary-words.ts'
import classes from './networks.module.css'

const shown = ['outside', 'host', 'machines', 'inbound'] as const

function Symbol({ reach }: { readonly reach: Reach }) {
  if (reach === 'yes') return <IconCheck size={14} stroke={2.5} aria-hidden />
  return reach === 'no' ? <IconX size={14} stroke={2.5} aria-hidden /> : <IconRoute size={14} aria-hidden />
}

const toneOf = (reach: Reach): string => (reach === 'yes' ? 'good' : reach === 'no' ? 'warn' : 'off')

/** What reaches what on a network of this kind, each with its word. Nothing of a kind that is not known. */
export function ReachChips({ network }: { readonly network: Network }) {
  const { t } = useTranslation()
  const reach = reachOfNetwork(network)
  if (!reach) return null
  return (
    <Section title={t('networks:reach.title')}>
      {!network.active && (
        <Text c="dimmed" mb={6}>
          {t('networks:reach.off')}
        </Text>
      )}
      <ul className={classes.chips}>
        {shown.map((what) => (
          <li key={what} className={classes.chip} data-tone={toneOf(reach[what])} data-reach={what}>
            <span aria-hidden>{t(`networks:reach.${what}.short`)}</span>
            <span className="visually-hidden">{t(`networks:reach.${what}.words`)}:</span> <Symbol reach={reach[what]} />
            <span>{reachWord(t, reach[what])}</span>
          </li>
        ))}
      </ul>
    </Section>
  )
}
