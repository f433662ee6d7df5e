import { Code, Group, Modal, Skeleton, Stack } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type ReactNode } from 'react'
import { CopyButton } from './CopyButton.tsx'
import { ErrorNotice } from './ErrorNotice.tsx'
import classes from './text-dialog.module.css'

interface Props {
  readonly title: string
  readonly copyLabel: string
  /** Reads the text; asked again when `key` changes. */
  readonly read: () => Promise<string>
  readonly readKey?: string
  /** Beside the copy button: a choice of which text, for instance. */
  readonly tools?: ReactNode
  /** About the text: where it is from. */
  readonly notes?: ReactNode
  readonly onClose: () => void
}

/** A text to read and copy, such as the XML of an object. */
export function TextDialog({ title, copyLabel, read, readKey = '', tools, notes, onClose }: Props) {
  const [text, setText] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [tries, setTries] = useState(0)
  const start = useEffectEvent(read)
  useEffect(() => {
    let current = true
    start().then(
      (answer) => {
        if (!current) return
        setText(answer)
        setError(null)
      },
      (reason: unknown) => current && setError(reason),
    )
    return () => {
      current = false
    }
  }, [readKey, tries])
  return (
    <Modal opened onClose={onClose} title={title} size="56rem">
      <Stack gap="sm">
        <Group justify="space-between">
          <div>{tools}</div>
          <CopyButton text={text ?? ''} label={copyLabel} disabled={text === null} />
        </Group>
        {notes}
        {/* There from the start: it has the focus, and the keys that scroll. */}
        <div className={classes.text} tabIndex={0} role="region" aria-label={title} data-autofocus>
          {error !== null && <ErrorNotice error={error} onRetry={() => setTries(tries + 1)} />}
          {error === null && text === null && <Skeleton height="16rem" />}
          {error === null && text !== null && <Code block className={classes.code}>{text}</Code>}
        </div>
      </Stack>
    </Modal>
  )
}
