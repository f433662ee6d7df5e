import { Tooltip } from '@mantine/core'
import { useState, type KeyboardEvent, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './term.module.css'

export const terms = ['bridge', 'nat', 'dhcp', 'dns', 'isolated', 'macvtap'] as const
export type TermId = (typeof terms)[number]

interface Props {
  readonly id: TermId
  /** The word as it stands in the sentence; without it the term's own. */
  readonly children?: ReactNode
}

/** A word of the field with a dotted line under it: hover, focus, click and tap explain it in one sentence, Escape closes that. */
export function Term({ id, children }: Props) {
  const { t } = useTranslation()
  const [opened, setOpened] = useState(false)
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') setOpened(false)
  }
  return (
    <Tooltip label={t(`terms:${id}.text`)} opened={opened} closeDelay={100} maw={300}>
      <button
        type="button"
        className={classes.term}
        data-term={id}
        // The dialog around it closes by Escape only when this is closed.
        data-mantine-stop-propagation={opened || undefined}
        onMouseEnter={() => setOpened(true)}
        onMouseLeave={() => setOpened(false)}
        onFocus={() => setOpened(true)}
        onBlur={() => setOpened(false)}
        onClick={() => setOpened(true)}
        onKeyDown={onKeyDown}
      >
        {children ?? t(`terms:${id}.word`)}
      </button>
    </Tooltip>
  )
}

const marked = new RegExp(`<(${terms.join('|')})>(.*?)</\\1>`, 'g')

const isTerm = (text: string | undefined): text is TermId => terms.some((one) => one === text)

/** A sentence of the catalogue in which words of the field are marked: "… through a <bridge>bridge</bridge>". */
export function TermText({ text }: { readonly text: string }) {
  // Splitting by both groups gives: text, term, word, text, term, word, …, text.
  const parts = text.split(marked)
  return parts.map((part, index) => {
    if (index % 3 === 0) return part
    const id = parts[index - 1]
    return index % 3 === 2 && isTerm(id) ? (
      <Term key={`${index}`} id={id}>
        {part}
      </Term>
    ) : null
  })
}
