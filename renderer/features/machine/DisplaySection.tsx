import { Button } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import type { DomainDetails } from '../../../shared/model/domain.ts'
import { pendingOf } from '../../../shared/model/pending.ts'
import { call } from '../../api/client.ts'
import { FactList } from '../../ui/FactList.tsx'
import { Section } from '../../ui/Section.tsx'
import { useBusy } from '../../ui/use-busy.ts'
import { graphicsText, shownConfig } from './facts.ts'
import { Pending } from './pending/marks.tsx'
import { pendingText } from './pending/words.ts'

interface Props {
  readonly details: DomainDetails
  readonly onChanged: (details: DomainDetails) => void
}

/** Displays and serial ports; VNC can be taken away where another display stays. */
export function DisplaySection({ details, onChanged }: Props) {
  const { t } = useTranslation()
  const config = shownConfig(details)
  if (!config) return null
  const displays = config.graphics.map((one) => graphicsText(t, one)).join(', ')
  const waiting = pendingOf(details, 'graphics', 'graphics')
  const next = waiting && pendingText(t, waiting, 'next')
  const serials = config.serials.map((one, index) =>
    t('machine:display.serialText', { port: one.port ?? index, type: one.type }),
  )
  return (
    <Section title={t('machine:display.title')} actions={hasVncBeside(details) && <RemoveVnc details={details} onChanged={onChanged} />}>
      <FactList
        facts={[
          { label: t('machine:display.graphics'), value: <Pending text={displays || t('machine:display.none')} next={next} /> },
          { label: t('machine:display.video'), value: config.videos.join(', ') },
          { label: t('machine:display.serial'), value: serials.join(', ') || t('machine:display.noSerial') },
        ]}
      />
    </Section>
  )
}

function hasVncBeside({ config }: DomainDetails): boolean {
  const types = config?.graphics.map(({ type }) => type) ?? []
  return types.includes('vnc') && types.some((type) => type !== 'vnc')
}

function RemoveVnc({ details: { connection, uuid }, onChanged }: Props) {
  const { t } = useTranslation()
  const { busy, run } = useBusy()
  const remove = async (): Promise<void> => onChanged(await call('domain.remove-vnc', { connection, uuid }))
  return (
    <Button variant="default" size="xs" loading={busy} onClick={() => void run(remove)}>
      {t('machine:display.removeVnc')}
    </Button>
  )
}
