import { Slider, TextInput } from '@mantine/core'
import { useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { clampTo, formatSize, GiB, MiB, parseSize } from '../../shared/lib/units.ts'
import { positionOf, sizeAt, sizeStops } from './sizes.ts'
import classes from './size-input.module.css'

interface Props {
  /** Of the text field. */
  readonly id: string
  readonly label: string
  /** Bytes. */
  readonly value: number
  readonly min: number
  readonly max: number
  /** What a number without a unit counts in. */
  readonly unit: 'MiB' | 'GiB'
  readonly autoFocus?: boolean
  readonly disabled?: boolean
  readonly onChange: (bytes: number) => void
}

/** A size by slider or typed ("768", "1,5 GiB"); what is typed is brought into the range when the field is left. */
export function SizeInput({ id, label, value, min, max, unit, autoFocus = false, disabled = false, onChange }: Props) {
  const { i18n } = useTranslation()
  const [draft, setDraft] = useState<string | null>(null)
  const stops = sizeStops({ min, max }, unit === 'GiB' ? GiB : MiB)
  const shown = formatSize(value, i18n.resolvedLanguage ?? 'en')
  const fits = (bytes: number): number => clampTo(bytes, { min, max }, MiB)
  const type = (text: string): void => {
    setDraft(text)
    const bytes = parseSize(text, unit)
    if (bytes !== null && bytes === fits(bytes)) onChange(bytes)
  }
  /** Takes what was typed; answers whether it had to be changed. */
  const settle = (): boolean => {
    if (draft === null) return false
    const bytes = parseSize(draft, unit)
    const next = bytes === null ? value : fits(bytes)
    setDraft(null)
    if (next !== value) onChange(next)
    return bytes !== next
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    // What was typed is not what would be made: show that first, do it at the next Enter.
    if (event.key === 'Enter' && settle()) event.preventDefault()
  }
  return (
    <div className={classes.sizes}>
      <Slider
        className={classes.slider}
        value={positionOf(value, stops)}
        min={0}
        max={Math.max(1, stops.length - 1)}
        step={1}
        label={null}
        disabled={disabled || max <= min}
        thumbLabel={label}
        thumbValueText={() => shown}
        onChange={(position) => onChange(fits(sizeAt(position, stops)))}
      />
      <TextInput
        id={id}
        className={classes.number}
        value={draft ?? shown}
        disabled={disabled}
        {...(autoFocus ? { 'data-autofocus': true } : {})}
        onChange={(event) => type(event.currentTarget.value)}
        onFocus={(event) => event.currentTarget.select()}
        onBlur={settle}
        onKeyDown={onKeyDown}
      />
    </div>
  )
}
