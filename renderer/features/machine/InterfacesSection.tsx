import { Alert, Group, List, Stack, Text } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { FactList } from '../../ui/FactList.tsx'
import { Section } from '../../ui/Section.tsx'
import type { DomainDetails, DomainInterface } from '../../../shared/model/domain.ts'
import { addressesOf, addressText, interfaceText, isPending, shownConfig } from './facts.ts'
import { GoesMark, PendingMark } from './Pending.tsx'
import { RemoveInterface } from './RemoveInterface.tsx'
import classes from './machine.module.css'

/** What SLIRP gives, and what it cannot. https://wiki.qemu.org/Documentation/Networking#User_Networking_(SLIRP) */
function UserModeNote() {
  const { t } = useTranslation()
  return (
    <Alert variant="light" color="blue" icon={<IconInfoCircle aria-hidden />} title={t('machine:network.userTitle')}>
      <List size="sm" spacing={2}>
        <List.Item>{t('machine:network.userFixed')}</List.Item>
        <List.Item>{t('machine:network.userOut')}</List.Item>
        <List.Item>{t('machine:network.userHost')}</List.Item>
        <List.Item>{t('machine:network.userSlow')}</List.Item>
      </List>
    </Alert>
  )
}

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** The running machine has the card, its next start does not. */
const goesAtNextStart = ({ config }: DomainDetails, { mac }: DomainInterface): boolean =>
  config !== null && !config.interfaces.some((card) => card.mac === mac)

function Card({
  details,
  card,
  number,
  count,
  onChanged,
}: Props & { readonly card: DomainInterface; readonly number: number; readonly count: number }) {
  const { t } = useTranslation()
  const addresses = addressesOf(details.addresses, card, count)
  return (
    <li className={classes.device} data-mac={card.mac}>
      <Group justify="space-between" gap="xs">
        <Group gap="xs">
          <Text fw={600}>{t('machine:network.card', { number })}</Text>
          {isPending(details, `interface:${card.mac ?? ''}`) && (goesAtNextStart(details, card) ? <GoesMark /> : <PendingMark />)}
        </Group>
        {card.mac !== null && <RemoveInterface details={details} mac={card.mac} number={number} onChanged={onChanged} />}
      </Group>
      <FactList
        facts={[
          { label: t('machine:network.connectedTo'), value: interfaceText(t, card) },
          {
            label: t('machine:network.address'),
            value:
              addresses.length === 0
                ? null
                : addresses.map((entry) => <div key={entry.address}>{addressText(t, entry)}</div>),
          },
          { label: t('machine:network.model'), value: card.model },
          {
            label: t('machine:network.mac'),
            value: card.mac && (
              <span className={classes.editable}>
                {card.mac}
                <CopyButton compact text={card.mac} label={t('machine:network.copyMac')} />
              </span>
            ),
          },
          { label: t('machine:network.link'), value: card.linkUp ? null : t('machine:network.linkDown') },
        ]}
      />
      {card.type === 'user' && <UserModeNote />}
    </li>
  )
}

/** The network cards: what each is on, its address, and what user mode can do. */
export function InterfacesSection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const cards = shownConfig(details)?.interfaces ?? []
  return (
    <Section title={t('machine:network.title')}>
      <Stack component="ul" gap="md" className={classes.devices}>
        {cards.length === 0 && <li>{t('machine:network.none')}</li>}
        {cards.map((card, index) => (
          <Card key={card.mac ?? index} details={details} card={card} number={index + 1} count={cards.length} onChanged={onChanged} />
        ))}
      </Stack>
    </Section>
  )
}
