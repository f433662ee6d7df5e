import { ActionIcon, Anchor, Button, Modal } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useEffect, useId, useRef, useState, type FormEvent, type ReactNode, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import { openDialog } from '../../stores/app-store.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import sheetClasses from '../../ui/sheet.module.css'
import classes from './new-network.module.css'

interface Props {
  readonly title: string
  /** The kinds, at the left. */
  readonly kinds: ReactNode
  /** The word on the button that ends it. */
  readonly done: string
  readonly busy: boolean
  /** Why it cannot be ended yet, as a sentence; null where it can. */
  readonly reason: ReactNode
  /** Said in its place where it can: what will happen. */
  readonly note?: ReactNode
  /** Something was typed, which closing would lose. */
  readonly edited: boolean
  /** The question that is asked before it is lost. */
  readonly discard: string
  readonly onSubmit: () => void
  readonly onClose: () => void
  readonly children: ReactNode
}

/** The first field has the focus as soon as the sheet is there; where there is none to type in, the chosen kind. */
function useFirstFocus(): RefObject<HTMLFormElement | null> {
  const form = useRef<HTMLFormElement>(null)
  useEffect(() => {
    const sheet = form.current
    const first = sheet?.querySelector<HTMLElement>('[data-autofocus]') ?? sheet?.querySelector<HTMLElement>('input[type=radio]:checked')
    first?.focus({ preventScroll: true })
  }, [])
  return form
}

/** A sheet over the page: kinds at the left, the form of the chosen one beside them, and beside the button what is still missing. */
export function NetworkSheet(props: Props) {
  const { t } = useTranslation()
  const id = useId()
  const form = useFirstFocus()
  const [asking, setAsking] = useState(false)
  const ready = props.reason === null && !props.busy
  const close = (): void => (props.edited && !props.busy ? setAsking(true) : props.onClose())
  const submit = (event: FormEvent): void => {
    event.preventDefault()
    if (!props.busy) props.onSubmit()
  }
  return (
    <Modal.Root opened onClose={close} size="60rem" yOffset="4vh" closeOnClickOutside={false}>
      <Modal.Overlay backgroundOpacity={0.35} />
      <Modal.Content classNames={{ content: sheetClasses.sheet ?? '' }}>
        <form ref={form} className={classes.form} onSubmit={submit} noValidate>
          <div className={classes.header}>
            <Modal.Title className={classes.title}>{props.title}</Modal.Title>
            <div id={id} className={classes.reason} role="status">
              {props.reason ?? props.note}
            </div>
            <Button type="submit" loading={props.busy} aria-describedby={id} {...(ready ? {} : { 'data-disabled': true, 'aria-disabled': true })}>
              {props.done}
            </Button>
            <ActionIcon variant="subtle" color="gray" aria-label={t('new-network:close')} onClick={close}>
              <IconX size={18} aria-hidden />
            </ActionIcon>
          </div>
          <Modal.Body className={classes.body}>
            <div className={classes.left}>
              {props.kinds}
              <Anchor component="button" type="button" size="sm" className={classes.compare} onClick={() => openDialog({ kind: 'network-kinds' })}>
                {t('new-network:allKinds')}
              </Anchor>
            </div>
            <div className={classes.right}>{props.children}</div>
          </Modal.Body>
        </form>
      </Modal.Content>
      {asking && (
        <ConfirmDialog
          opened
          title={props.discard}
          confirm={t('new-network:discard.do')}
          danger
          onConfirm={props.onClose}
          onCancel={() => setAsking(false)}
        >
          {t('new-network:discard.text')}
        </ConfirmDialog>
      )}
    </Modal.Root>
  )
}
