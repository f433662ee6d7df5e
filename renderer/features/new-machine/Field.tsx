import { Text } from '@mantine/core'
import { useEffect, useId, type ReactNode } from 'react'
import { FindingList } from '../../ui/FindingList.tsx'
import type { PlanFinding } from '../../../shared/model/plan.ts'
import classes from './new-machine.module.css'

interface Props {
  readonly label: string
  /** Id of the control that the label names; without it the label is text for a group. */
  readonly htmlFor?: string
  readonly labelId?: string
  readonly hint?: ReactNode
  readonly findings?: readonly PlanFinding[]
  readonly children: ReactNode
}

/** Tells screen readers what describes a control; Mantine's inputs name nothing but descriptions of their own. */
function useDescription(control: string | undefined, ids: readonly string[]): void {
  const words = ids.join(' ')
  useEffect(() => {
    const element = control === undefined ? null : document.getElementById(control)
    if (words === '') element?.removeAttribute('aria-describedby')
    else element?.setAttribute('aria-describedby', words)
  }, [control, words])
}

/** A row of the review page: its name at the left, the control, a hint and remarks under it. */
export function Field(props: Props) {
  const { findings = [], hint } = props
  const id = useId()
  useDescription(props.htmlFor, [...(hint ? [`${id}-hint`] : []), ...(findings.length > 0 ? [`${id}-findings`] : [])])
  return (
    <div className={classes.row}>
      {props.htmlFor ? (
        <label className={classes.label} htmlFor={props.htmlFor} id={props.labelId}>
          {props.label}
        </label>
      ) : (
        <span className={classes.label} id={props.labelId}>
          {props.label}
        </span>
      )}
      <div className={classes.control}>
        {props.children}
        {hint && (
          <Text component="div" size="xs" className={classes.hint} id={`${id}-hint`}>
            {hint}
          </Text>
        )}
        {findings.length > 0 && <FindingList findings={findings} id={`${id}-findings`} />}
      </div>
    </div>
  )
}
