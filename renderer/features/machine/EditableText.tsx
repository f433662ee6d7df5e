import { ActionIcon, Button, Group, Textarea, TextInput, Tooltip } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { useState, type FormEvent, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import type { EditFinding } from '../../../shared/model/machine-edit.ts'
import { FindingList } from '../../ui/FindingList.tsx'
import { useBusy } from '../../ui/use-busy.ts'
import classes from './machine.module.css'

interface Props {
  readonly value: string | null
  /** What is shown where there is no value. */
  readonly empty: string
  /** Name of the field, for screen readers. */
  readonly label: string
  /** Name of the button that opens it. */
  readonly editLabel: string
  readonly multiline?: boolean
  /** Remarks on what is typed; an error keeps it from being saved. */
  readonly check?: (value: string | null) => readonly EditFinding[]
  /** Why it cannot be changed now. */
  readonly locked?: string | null
  /** Null: emptied. Throws what went wrong. */
  readonly onSave: (value: string | null) => Promise<void>
}

function Editor({
  value,
  label,
  multiline,
  check,
  onSave,
  onClose,
}: Omit<Props, 'empty' | 'editLabel' | 'locked'> & { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const [text, setText] = useState(value ?? '')
  const { busy, run } = useBusy()
  const next = text.trim() === '' ? null : text.trim()
  const findings = next === value ? [] : (check?.(next) ?? [])
  const wrong = findings.some(({ level }) => level === 'error')
  const save = async (): Promise<void> => {
    if (busy || wrong) return
    if (next === value) {
      onClose()
      return
    }
    await run(async () => {
      await onSave(next)
      onClose()
    })
  }
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape') onClose()
    if (event.key === 'Enter' && multiline && (event.ctrlKey || event.metaKey)) void save()
  }
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    void save()
  }
  const common = { 'aria-label': label, value: text, autoFocus: true, onKeyDown }
  return (
    <form onSubmit={submit} className={classes.editor}>
      {multiline ? (
        <Textarea
          {...common}
          autosize
          minRows={2}
          maxRows={10}
          maxLength={20_000}
          onChange={(event) => setText(event.currentTarget.value)}
        />
      ) : (
        <TextInput {...common} maxLength={1_000} onChange={(event) => setText(event.currentTarget.value)} />
      )}
      {findings.length > 0 && <FindingList findings={findings} />}
      <Group gap="xs" justify="flex-end">
        <Button variant="default" size="xs" onClick={onClose}>
          {t('machine:edit.cancel')}
        </Button>
        <Button type="submit" size="xs" loading={busy} disabled={wrong}>
          {t('machine:edit.save')}
        </Button>
      </Group>
    </form>
  )
}

/** A text that is changed in place: Enter saves (Ctrl+Enter where it has lines), Escape leaves it. */
export function EditableText(props: Props) {
  const [open, setOpen] = useState(false)
  const locked = props.locked ?? null
  if (open && locked === null) return <Editor {...props} onClose={() => setOpen(false)} />
  return (
    <span className={classes.editable}>
      <span className={props.value === null ? classes.dim : classes.lines}>{props.value ?? props.empty}</span>
      <Tooltip label={locked ?? props.editLabel} multiline maw={320}>
        <ActionIcon
          variant="subtle"
          color="gray"
          size="sm"
          aria-label={locked === null ? props.editLabel : `${props.editLabel}: ${locked}`}
          {...(locked === null ? {} : { 'aria-disabled': true, 'data-disabled': true })}
          onClick={() => locked === null && setOpen(true)}
        >
          <IconPencil size={14} aria-hidden />
        </ActionIcon>
      </Tooltip>
    </span>
  )
}
