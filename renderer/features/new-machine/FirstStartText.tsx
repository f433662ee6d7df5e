import classes from './first-start.module.css'

interface Props {
  readonly id: string
  readonly describedBy: string
  readonly value: string
  /** Lines that are shown at least. */
  readonly rows: number
  /** The line that is wrong, or null. */
  readonly faultyLine: number | null
  readonly onChange: (text: string) => void
}

/** A plain text with its line numbers; both scroll together. */
export function NumberedText({ id, describedBy, value, rows, faultyLine, onChange }: Props) {
  const count = Math.max(rows, value.split('\n').length)
  return (
    <div className={classes.text}>
      <div className={classes.numbers} aria-hidden>
        {Array.from({ length: count }, (_, index) => (
          <span key={index} data-faulty={index + 1 === faultyLine || undefined}>
            {index + 1}
          </span>
        ))}
      </div>
      <textarea
        id={id}
        className={classes.area}
        rows={count}
        wrap="off"
        spellCheck={false}
        autoComplete="off"
        autoCapitalize="off"
        aria-invalid={faultyLine !== null}
        aria-describedby={describedBy === '' ? undefined : describedBy}
        value={value}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
    </div>
  )
}
