import { Badge, Loader, UnstyledButton } from '@mantine/core'
import type { Icon } from '@tabler/icons-react'
import { Facts } from '../../ui/Facts.tsx'
import classes from './new-machine.module.css'

interface Props {
  readonly icon: Icon
  readonly title: string
  /** What it is: an ISO, a disk image… */
  readonly kind: string
  readonly facts: readonly string[]
  /** The whole path or address. */
  readonly hint: string | undefined
  /** It can not be chosen now, as one is being read: this one where `reading`. */
  readonly busy: boolean
  readonly reading: boolean
  /** For whoever looks for it in the page: its path, or its entry in the catalogue. */
  readonly mark: { readonly 'data-path': string } | { readonly 'data-entry': string }
  readonly onChoose: () => void
}

/** Something that a machine can be made from: its name, what it is, and what tells it apart. */
export function SourceRow({ icon: Symbol, title, kind, facts, hint, busy, reading, mark, onChoose }: Props) {
  return (
    <li>
      <UnstyledButton className={classes.source} disabled={busy} aria-busy={reading} {...mark} title={hint} onClick={onChoose}>
        <span className={classes.sourceIcon}>{reading ? <Loader size={20} /> : <Symbol size={22} aria-hidden />}</span>
        <span className={classes.sourceWords}>
          <span className={classes.sourceTitle}>
            <span className={classes.cut}>{title}</span>
            <Badge size="sm" variant="default" tt="none">
              {kind}
            </Badge>
          </span>
          <Facts className={classes.sourceFacts} text={facts.join(' · ')} />
        </span>
      </UnstyledButton>
    </li>
  )
}
