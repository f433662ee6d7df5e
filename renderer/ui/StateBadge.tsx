import classes from './state.module.css'

/** good: works; busy: on its way; warn: needs a look; bad: failed; off: not in use. */
export type Tone = 'good' | 'busy' | 'warn' | 'bad' | 'off'

/** A state as a coloured pill; its word is always written, so that colour alone never says it. */
export function StateBadge({ tone, label }: { readonly tone: Tone; readonly label: string }) {
  return (
    <span className={classes.badge} data-tone={tone}>
      {label}
    </span>
  )
}

/** The dot beside a name. The word goes beside it, or to screen readers by `label`. Its shape differs by tone too. */
export function StateDot({ tone, label }: { readonly tone: Tone; readonly label?: string }) {
  return <span className={classes.dot} data-tone={tone} role={label ? 'img' : undefined} aria-label={label} title={label} />
}
