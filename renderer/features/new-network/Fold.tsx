import { Collapse, UnstyledButton } from '@mantine/core'
import { IconChevronDown, IconChevronRight } from '@tabler/icons-react'
import { useId, useState, type ReactNode } from 'react'
import classes from './new-network.module.css'

interface Props {
  /** What it is known by, beside its words. */
  readonly name: string
  readonly label: string
  /** Open whatever was clicked: something in it must be seen. */
  readonly forced?: boolean
  readonly onOpen?: () => void
  /** At the right of the label while it is open. */
  readonly tools?: ReactNode
  readonly children: ReactNode
}

/** A part that is folded until asked for; what is folded is not there, so that no key reaches it. */
export function Fold({ name, label, forced = false, onOpen, tools, children }: Props) {
  const id = useId()
  const [asked, setAsked] = useState(false)
  const open = asked || forced
  const Chevron = open ? IconChevronDown : IconChevronRight
  const turn = (): void => {
    setAsked(!asked)
    if (!asked) onOpen?.()
  }
  return (
    <div data-fold={name}>
      <div className={classes.foldHead}>
        <UnstyledButton className={classes.foldButton} aria-expanded={open} aria-controls={id} onClick={turn}>
          <Chevron size={14} aria-hidden />
          {label}
        </UnstyledButton>
        {open && tools}
      </div>
      <Collapse expanded={open} id={id}>
        {open && <div className={classes.foldBody}>{children}</div>}
      </Collapse>
    </div>
  )
}
