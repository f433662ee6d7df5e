import { Button, Menu } from '@mantine/core'
import { IconCheck } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import type { Network } from '../../../shared/model/network.ts'
import { summariseMachine, summariseNetwork } from '../../../shared/model/network-summary.ts'
import { appStore } from '../../stores/app-store.ts'
import { MenuEntry } from '../../ui/MenuEntry.tsx'
import { uiServices } from '../../ui/services.ts'
import { summaryText, type SummaryForm } from './summary-words.ts'

type Props = { readonly size?: 'xs' | 'sm' } & (
  | { readonly machine: Pick<DomainSummary, 'connection' | 'name' | 'title' | 'state' | 'cards' | 'addresses'> }
  | { readonly network: Network; readonly machines: readonly DomainSummary[] }
)

const forms: readonly SummaryForm[] = ['text', 'tabs', 'markdown']

/** Copies what a network or a machine's cards come down to, for a report: as text, or as a table. */
export function CopySummary(props: Props) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(0)
  useEffect(() => {
    if (copied === 0) return
    const timer = setTimeout(() => setCopied(0), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const textAs = (form: SummaryForm): string => {
    if ('network' in props) return summaryText(t, summariseNetwork(props.network, props.machines), form, props.network)
    return summaryText(t, summariseMachine(props.machine, appStore.getState().networks[props.machine.connection] ?? []), form)
  }
  const copy = async (form: SummaryForm): Promise<void> => {
    try {
      await uiServices().writeClipboard(textAs(form))
      setCopied((count) => count + 1)
    } catch (error) {
      uiServices().showError(error)
    }
  }
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <Button variant="default" size={props.size ?? 'sm'} leftSection={copied > 0 && <IconCheck size={16} aria-hidden />}>
          {copied > 0 ? t('copied') : t('networks:summary.copy')}
          <span className="visually-hidden" role="status">
            {copied > 0 ? t('copied') : ''}
          </span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown>
        {forms.map((form) => (
          <MenuEntry key={form} label={t(`networks:summary.form.${form}`)} onClick={() => void copy(form)} />
        ))}
      </Menu.Dropdown>
    </Menu>
  )
}
