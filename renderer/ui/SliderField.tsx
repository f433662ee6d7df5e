import { Group, Input, NumberInput, Slider } from '@mantine/core'
import { useId, type ReactNode } from 'react'
import classes from './slider-field.module.css'

interface Props {
  readonly label: string
  readonly description?: ReactNode
  readonly error?: ReactNode
  readonly value: number
  readonly min: number
  readonly max: number
  /** Step of the slider; the number field takes any whole number of `unit`s. */
  readonly step: number
  /** How many of value's units one unit of the number field has: 1024 where value is KiB and the field shows MiB. */
  readonly scale?: number
  /** Unit after the number: "MiB". */
  readonly suffix?: string
  /** Decimals that the number field takes. */
  readonly decimals?: number
  readonly disabled?: boolean
  readonly onChange: (value: number) => void
}

const clamp = (value: number, min: number, max: number): number => Math.min(max, Math.max(min, value))

/** A slider with a number field: either can be used, neither leaves the range. */
export function SliderField(props: Props) {
  const { value, min, max, step, scale = 1, decimals = 0, onChange } = props
  const id = useId()
  const low = Math.min(min, max)
  const shown = Number((value / scale).toFixed(decimals))
  const typed = (text: number | string): void => {
    const number = typeof text === 'number' ? text : Number.parseFloat(text)
    if (Number.isFinite(number)) onChange(clamp(Math.round(number * scale), low, max))
  }
  return (
    <Input.Wrapper label={props.label} error={props.error} labelProps={{ htmlFor: id }}>
      <Group gap="md" wrap="nowrap" align="center">
        <Slider
          className={classes.slider}
          value={clamp(value, low, max)}
          min={low}
          max={max}
          step={step}
          label={null}
          disabled={props.disabled ?? false}
          thumbProps={{ 'aria-label': props.label, 'aria-valuetext': `${shown} ${props.suffix ?? ''}`.trim() }}
          onChange={(next) => onChange(clamp(next, low, max))}
        />
        <NumberInput
          id={id}
          className={classes.number}
          value={shown}
          min={low / scale}
          max={max / scale}
          step={Math.max(step / scale, 10 ** -decimals)}
          decimalScale={decimals}
          clampBehavior="blur"
          suffix={props.suffix ? `\u00a0${props.suffix}` : ''}
          disabled={props.disabled ?? false}
          onChange={typed}
          {...(props.error ? { 'aria-invalid': true } : {})}
        />
      </Group>
      {props.description && <Input.Description mt={2}>{props.description}</Input.Description>}
    </Input.Wrapper>
  )
}
