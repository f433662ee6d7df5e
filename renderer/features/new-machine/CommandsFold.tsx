import { Code, Collapse, Group, Loader, Text, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useEffect, useId, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import type { MachinePlan } from '../../../shared/model/plan.ts'
import classes from './new-machine.module.css'

/** The lines that Create would run for the plan, worked out while the fold is open. */
function usePreview(plan: MachinePlan, open: boolean) {
  const [answer, setAnswer] = useState<{ readonly lines: readonly string[] } | { readonly error: unknown } | null>(null)
  useEffect(() => {
    if (!open) return
    let current = true
    const timer = setTimeout(() => {
      call('creation.preview', plan).then(
        (lines) => current && setAnswer({ lines }),
        (error: unknown) => current && setAnswer({ error }),
      )
    }, 250)
    return () => {
      current = false
      clearTimeout(timer)
    }
  }, [plan, open])
  return answer
}

/** "Commands that this runs", folded until asked for. */
export function CommandsFold({ plan }: { readonly plan: MachinePlan }) {
  const { t } = useTranslation()
  const id = useId()
  const [open, setOpen] = useState(false)
  const answer = usePreview(plan, open)
  const Chevron = open ? IconChevronDown : IconChevronRight
  return (
    <div className={classes.fold}>
      <div className={classes.foldHead}>
        <UnstyledButton
          className={classes.foldButton}
          aria-expanded={open}
          aria-controls={id}
          onClick={() => setOpen(!open)}
        >
          <Chevron size={14} aria-hidden />
          {t('new-machine:review.commands')}
        </UnstyledButton>
        {open && answer && 'lines' in answer && (
          <CopyButton compact text={answer.lines.join('\n')} label={t('copyCommand')} />
        )}
      </div>
      <Collapse expanded={open} id={id}>
        {open && answer === null && (
          <Group gap="xs" role="status">
            <Loader size="xs" />
            <Text size="sm">{t('new-machine:review.commandsLoading')}</Text>
          </Group>
        )}
        {answer && 'error' in answer && <ErrorNotice error={answer.error} />}
        {answer && 'lines' in answer && (
          <Code block tabIndex={0} className={classes.code} aria-label={t('new-machine:review.commands')} role="region">
            {answer.lines.join('\n')}
          </Code>
        )}
      </Collapse>
    </div>
  )
}
