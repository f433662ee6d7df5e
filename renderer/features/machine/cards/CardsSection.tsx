import { Button, Stack } from '@mantine/core'
import { useMemo, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import { sameMac } from '../../../../shared/model/network-machines.ts'
import { Section } from '../../../ui/Section.tsx'
import { CopySummary } from '../../networks/index.ts'
import { Card } from './Card.tsx'
import { CardDialog } from './CardDialog.tsx'
import { CopySsh } from './CopySsh.tsx'
import { usePorts } from './use-ports.ts'
import { useNeighbours } from './use-surroundings.ts'
import { listedCards } from './words.ts'
import classes from '../machine.module.css'

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** The network cards: what each is on, its address, how it is reached; adding, changing and removing one. */
export function CardsSection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const [adding, setAdding] = useState(false)
  const cards = useMemo(() => listedCards(details), [details])
  const neighbours = useNeighbours(details.connection)
  const ports = usePorts(details)
  return (
    <Section
      title={t('cards:title')}
      actions={
        <>
          <CopySsh details={details} networks={neighbours.networks} ports={ports.ports} />
          {cards.length > 0 && <CopySummary machine={details} />}
          <Button variant="default" onClick={() => setAdding(true)}>
            {t('cards:add')}
          </Button>
        </>
      }
    >
      <Stack component="ul" gap="md" className={classes.devices}>
        {cards.length === 0 && <li>{t('cards:none')}</li>}
        {cards.map((card, index) => (
          <Card
            key={`${card.shown.mac ?? ''}|${index}`}
            details={details}
            card={card}
            number={index + 1}
            count={cards.length}
            twin={cards.some((one) => one !== card && sameMac(one.shown.mac, card.shown.mac))}
            neighbours={neighbours}
            ports={ports}
            onChanged={onChanged}
          />
        ))}
      </Stack>
      {adding && <CardDialog details={details} card={null} number={cards.length + 1} onChanged={onChanged} onClose={() => setAdding(false)} />}
    </Section>
  )
}
