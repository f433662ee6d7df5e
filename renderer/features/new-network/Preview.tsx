import { Code, Group, Loader, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { Fold } from './Fold.tsx'
import classes from './new-network.module.css'

const quietMilliseconds = 250

interface Previewed {
  readonly xml: string
  readonly lines: readonly string[]
}

interface Answer {
  readonly plan: NetworkPlan
  readonly shown: Previewed | null
  readonly error: unknown
}

/** What Create or Save would do with the plan, worked out while somebody looks at it. */
function usePreview({ plan, ask }: Props, wanted: boolean): Answer | null {
  const [answer, setAnswer] = useState<Answer | null>(null)
  const askNow = useEffectEvent(ask)
  useEffect(() => {
    if (!wanted || !plan) return
    let current = true
    const timer = setTimeout(() => {
      askNow(plan).then(
        (shown) => current && setAnswer({ plan, shown, error: null }),
        (error: unknown) => current && setAnswer({ plan, shown: null, error }),
      )
    }, quietMilliseconds)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [plan, wanted])
  return answer?.plan === plan ? answer : null
}

function Shown({ label, text, answer, faulty }: { readonly label: string; readonly text: string; readonly answer: Answer | null; readonly faulty: boolean }) {
  const { t } = useTranslation()
  if (faulty) return <Text size="sm">{t('new-network:preview.faulty')}</Text>
  if (!answer) {
    return (
      <Group gap="xs" role="status">
        <Loader size="xs" />
        <Text size="sm">{t('new-network:preview.loading')}</Text>
      </Group>
    )
  }
  if (answer.error !== null) return <ErrorNotice error={answer.error} />
  return (
    <Code block tabIndex={0} role="region" aria-label={label} className={classes.code}>
      {text}
    </Code>
  )
}

interface Props {
  /** Null while something in it is wrong. */
  readonly plan: NetworkPlan | null
  readonly ask: (plan: NetworkPlan) => Promise<Previewed>
}

/** "Commands that this runs" and the document, each folded until asked for. */
export function Preview({ plan, ask }: Props) {
  const { t } = useTranslation()
  const [wanted, setWanted] = useState(false)
  const answer = usePreview({ plan, ask }, wanted)
  const lines = answer?.shown?.lines.join('\n') ?? ''
  const xml = answer?.shown?.xml ?? ''
  const parts = [
    { name: 'commands', label: t('new-network:preview.commands'), copy: t('copyCommand'), text: lines },
    { name: 'xml', label: t('new-network:preview.xml'), copy: t('new-network:preview.copyXml'), text: xml },
  ]
  return parts.map(({ name, label, copy, text }) => (
    <Fold key={name} name={name} label={label} onOpen={() => setWanted(true)} tools={text !== '' && <CopyButton compact text={text} label={copy} />}>
      <Shown label={label} text={text === '' ? t('new-network:unchanged') : text} answer={answer} faulty={plan === null} />
    </Fold>
  ))
}
