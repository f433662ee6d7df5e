import { NumberInput, Slider } from '@mantine/core'
import classes from './size-input.module.css'

interface Props {
  /** Of the field with the number. */
  readonly id: string
  readonly label: string
  readonly value: number
  readonly min: number
  readonly max: number
  readonly onChange: (count: number) => void
}

/** A whole number by slider or typed. */
export function CountInput({ id, label, value, min, max, onChange }: Props) {
  return (
    <div className={classes.sizes}>
      <Slider
        className={classes.slider}
        value={value}
        min={min}
        max={Math.max(max, min + 1)}
        step={1}
        label={null}
        disabled={max <= min}
        thumbLabel={label}
        onChange={onChange}
      />
      <NumberInput
        id={id}
        className={classes.number}
        value={value}
        min={min}
        max={max}
        allowDecimal={false}
        allowNegative={false}
        clampBehavior="strict"
        onChange={(next) => typeof next === 'number' && onChange(next)}
      />
    </div>
  )
}
