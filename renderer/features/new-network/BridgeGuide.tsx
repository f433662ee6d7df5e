import { Alert, Code, SegmentedControl, Select, Text } from '@mantine/core'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { HostNetworking } from '../../../shared/model/host-networking.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { bridgeableDevices, bridgeGuide, firstManager, freeBridgeName, guideManagers, type GuideManager } from './bridge-guide.ts'
import classes from './new-network.module.css'

/** Lines that are broken between words alone: half a word of a command would be another one. */
function Words({ text }: { readonly text: string }) {
  return text.split(/(\s)/).map((part, index) =>
    index % 2 === 0 ? (
      <span key={index} className={classes.word}>
        {part}
      </span>
    ) : (
      part
    ),
  )
}

/** Lines to copy under the words that say what to do with them. */
function Lines({ say, text }: { readonly say: string; readonly text: string }) {
  const { t } = useTranslation()
  return (
    <div>
      <div className={classes.foldHead}>
        <Text size="sm">{say}</Text>
        <CopyButton compact text={text} label={t('new-network:guide.copy')} />
      </div>
      <Code block tabIndex={0} role="region" aria-label={say} className={classes.lines}>
        <Words text={text} />
      </Code>
    </div>
  )
}

const isManager = (text: string): text is GuideManager => guideManagers.some((one) => one === text)

/** How to make a bridge of a wired card of this host, and how to take it back. Nothing of it is run by the app. */
export function BridgeGuide({ host }: { readonly host: HostNetworking }) {
  const { t } = useTranslation()
  const cards = bridgeableDevices(host)
  const [manager, setManager] = useState<GuideManager>(firstManager(host.manager))
  const [card, setCard] = useState<string | null>(null)
  const device = cards.find((one) => one.name === card)?.name ?? cards[0]?.name
  if (device === undefined) return <p className={classes.sentence}>{t('new-network:guide.wiredOnly')}</p>
  const guide = bridgeGuide(manager, { device, bridge: freeBridgeName(host) })
  return (
    <section className={classes.guide} aria-label={t('new-network:guide.title')}>
      <Text fw={600}>{t('new-network:guide.title')}</Text>
      <Alert color="orange" variant="light" role="note">
        {t('new-network:guide.drops')}
      </Alert>
      <Select
        label={t('new-network:guide.card')}
        description={t('new-network:guide.wired')}
        inputWrapperOrder={['label', 'input', 'description']}
        allowDeselect={false}
        data={cards.map((one) => ({ value: one.name, label: [one.name, ...one.addresses].join(' · ') }))}
        value={device}
        onChange={setCard}
      />
      <div>
        <SegmentedControl
          fullWidth
          size="xs"
          aria-label={t('new-network:guide.manager')}
          data={guideManagers.map((one) => ({ value: one, label: t(`new-network:guide.${one}`) }))}
          value={manager}
          onChange={(value) => isManager(value) && setManager(value)}
        />
        <Text size="xs" c="dimmed" mt={4}>
          {host.manager === 'unknown' ? t('new-network:guide.unknown') : t('new-network:guide.found', { manager: t(`new-network:guide.${host.manager}`) })}
        </Text>
      </div>
      {guide.make.map((step) => (
        <Lines key={step.text} say={step.how === 'run' ? t('new-network:guide.run') : t('new-network:guide.edit', { device })} text={step.text} />
      ))}
      <Text size="sm">{`${t('new-network:guide.fixed')} ${t('new-network:guide.again')}`}</Text>
      <Lines say={t('new-network:guide.undo')} text={guide.undo} />
    </section>
  )
}
