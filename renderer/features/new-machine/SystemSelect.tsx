import { Badge, Combobox, InputBase, Loader, ScrollArea, Text, useCombobox } from '@mantine/core'
import { useDebouncedValue } from '@mantine/hooks'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import type { SystemEntry } from '../../../shared/model/media.ts'
import { Field } from './Field.tsx'
import { findingsOf, type PlanForm } from './form.ts'
import type { PlanState } from './use-plan.ts'
import classes from './new-machine.module.css'

const limit = 60
const unknown = ''

/** Systems whose name has every word of the query, newest first; null while they are read. */
function useSystems(query: string, wanted: boolean): readonly SystemEntry[] | null {
  const [quiet] = useDebouncedValue(query, 150)
  const [found, setFound] = useState<{ readonly query: string; readonly systems: readonly SystemEntry[] } | null>(null)
  useEffect(() => {
    if (!wanted) return
    let current = true
    const take = (systems: readonly SystemEntry[]): void => {
      if (current) setFound({ query: quiet, systems })
    }
    // Without the catalogue of systems "unknown" is still there.
    call('system.search', { query: quiet, limit }).then(take, () => take([]))
    return () => {
      current = false
    }
  }, [quiet, wanted])
  return found?.systems ?? null
}

function SystemOption({ system }: { readonly system: SystemEntry }) {
  const { t } = useTranslation()
  const facts = [
    system.vendor,
    system.released?.slice(0, 4),
    system.endOfLife ? t('new-machine:review.systemEnd') : null,
  ]
  return (
    <Combobox.Option value={system.id}>
      <Text size="sm">{system.name}</Text>
      <Text size="xs" className={classes.hint}>
        {facts.filter(Boolean).join(' · ')}
      </Text>
    </Combobox.Option>
  )
}

interface Props {
  readonly form: PlanForm
  readonly plan: PlanState
}

/** The system in the machine: recognised, chosen or unknown, and changeable by searching. Another system is proposed for anew; edits stay. */
export function SystemSelect({ form, plan }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const [query, setQuery] = useState('')
  const combobox = useCombobox({
    onDropdownClose: () => {
      combobox.resetSelectedOption()
      setQuery('')
    },
    onDropdownOpen: () => combobox.focusSearchInput(),
  })
  const systems = useSystems(query, combobox.dropdownOpened)
  const { system } = form.proposal
  const byHand = form.edited.has('osId')
  const badge = byHand ? 'chosen' : system ? 'recognised' : 'unknown'
  const choose = (value: string): void => {
    combobox.closeDropdown()
    combobox.focusTarget()
    const osId = value === unknown ? null : value
    plan.edit({ osId })
    void plan.propose({ connection: form.plan.connection, path: form.plan.mediaPath, osId })
  }
  return (
    <Field label={t('new-machine:review.system')} labelId={`${id}-label`} findings={findingsOf(form.findings, 'osId')}>
      <div className={classes.inline}>
        <Combobox store={combobox} onOptionSubmit={choose} withinPortal>
          <Combobox.Target targetType="button">
            <InputBase
              component="button"
              type="button"
              pointer
              className={classes.grow}
              aria-labelledby={`${id}-label ${id}-value`}
              rightSection={plan.reading ? <Loader size={14} /> : <Combobox.Chevron />}
              rightSectionPointerEvents="none"
              onClick={() => combobox.toggleDropdown()}
            >
              <span id={`${id}-value`}>{system?.name ?? t('new-machine:review.unknownSystem')}</span>
            </InputBase>
          </Combobox.Target>
          <Combobox.Dropdown>
            <Combobox.Search
              value={query}
              placeholder={t('new-machine:review.systemSearch')}
              aria-label={t('new-machine:review.systemSearch')}
              onChange={(event) => {
                setQuery(event.currentTarget.value)
                combobox.updateSelectedOptionIndex()
              }}
            />
            <Combobox.Options labelledBy={`${id}-label`}>
              <ScrollArea.Autosize mah={260} type="scroll">
                <Combobox.Option value={unknown}>{t('new-machine:review.unknownSystem')}</Combobox.Option>
                {systems === null && (
                  <Combobox.Empty>
                    <Loader size="xs" />
                  </Combobox.Empty>
                )}
                {systems?.length === 0 && <Combobox.Empty>{t('new-machine:review.systemNone')}</Combobox.Empty>}
                {systems?.map((one) => (
                  <SystemOption key={one.id} system={one} />
                ))}
              </ScrollArea.Autosize>
            </Combobox.Options>
          </Combobox.Dropdown>
        </Combobox>
        <Badge variant={system ? 'light' : 'default'} tt="none">
          {t(`new-machine:review.${badge}`)}
        </Badge>
      </div>
    </Field>
  )
}
