import classes from './facts.module.css'

interface Props {
  /** Facts with " · " between them. */
  readonly text: string
  readonly className?: string | undefined
}

/** Facts in a line that breaks between two of them, never inside one where it need not; a line never begins or ends with the dot. */
export function Facts({ text, className }: Props) {
  return (
    <span className={className}>
      <span className={classes.clip}>
        <span className={classes.line}>
          {text.split(' · ').map((fact, index) => (
            <span key={`${index}|${fact}`}>
              <span className={classes.dot}>{index > 0 && ' · '}</span>
              {fact}
            </span>
          ))}
        </span>
      </span>
    </span>
  )
}
