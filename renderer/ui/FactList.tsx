import type { ReactNode } from 'react'
import { Term, type TermId } from './Term.tsx'
import classes from './fact-list.module.css'

export interface Fact {
  readonly label: string
  /** The word of the field that the label is, explained where it stands. */
  readonly term?: TermId | undefined
  readonly value: ReactNode
}

/** Names and values in two columns, in a card. Facts whose value is null are left out. */
export function FactList({ facts }: { readonly facts: readonly Fact[] }) {
  return (
    <dl className={classes.list}>
      {facts
        .filter((fact) => fact.value !== null && fact.value !== undefined && fact.value !== '')
        .map((fact, index) => (
          <div key={`${fact.label}|${index}`} className={classes.row}>
            <dt className={classes.label}>{fact.term ? <Term id={fact.term}>{fact.label}</Term> : fact.label}</dt>
            <dd className={classes.value}>{fact.value}</dd>
          </div>
        ))}
    </dl>
  )
}
