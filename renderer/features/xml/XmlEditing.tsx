import { Alert, Button, Checkbox, Group, Modal, Skeleton, Stack, Text } from '@mantine/core'
import { useEffect, useEffectEvent, useState, type KeyboardEvent } from 'react'
import { useTranslation } from 'react-i18next'
import { AppError } from '../../../shared/model/error.ts'
import { xmlLimit, type SavedXml } from '../../../shared/model/xml-edit.ts'
import { ConfirmDialog } from '../../ui/ConfirmDialog.tsx'
import { ErrorNotice } from '../../ui/ErrorNotice.tsx'
import { showDone } from '../../ui/notices.tsx'
import type { XmlSaving } from './saving.ts'
import { XmlDifference, XmlEditor } from './Texts.tsx'

type Stage = 'edit' | 'difference' | 'kept'

/** The stored document, read once; `load` reads it again. */
function useStored(saving: XmlSaving) {
  const [stored, setStored] = useState<string | null>(null)
  const [error, setError] = useState<unknown>(null)
  const read = useEffectEvent(() => saving.read())
  const load = async (): Promise<string | null> => {
    try {
      const text = await saving.read()
      setStored(text)
      setError(null)
      return text
    } catch (reason) {
      setError(reason)
      return null
    }
  }
  useEffect(() => {
    let current = true
    read().then(
      (text) => current && setStored(text),
      (reason: unknown) => current && setError(reason),
    )
    return () => {
      current = false
    }
  }, [])
  return { stored, error, load }
}

const isInText = (target: EventTarget): boolean => target instanceof Element && target.closest('.cm-editor') !== null

const lineOf = (error: unknown): number | null => {
  const line = error instanceof AppError && error.code === 'xml-invalid' ? Number(error.params['line']) : NaN
  return line > 0 ? line : null
}

interface Props {
  readonly title: string
  readonly saving: XmlSaving
  readonly onClose: () => void
}

/** Editing a document: the text, then what differs, then what libvirt has made of it where that is something else. */
export function XmlEditing({ title, saving, onClose }: Props) {
  const { t } = useTranslation()
  const { stored, error: unread, load } = useStored(saving)
  const [typed, setTyped] = useState<string | null>(null)
  const [dropPasswords, setDropPasswords] = useState(false)
  const [stage, setStage] = useState<Stage>('edit')
  const [line, setLine] = useState<number | null>(null)
  const [error, setError] = useState<unknown>(null)
  const [overtaken, setOvertaken] = useState(false)
  const [kept, setKept] = useState<SavedXml | null>(null)
  const [busy, setBusy] = useState(false)
  const [leaving, setLeaving] = useState(false)
  const text = typed ?? stored ?? ''
  const changed = stored !== null && (text !== stored || dropPasswords)
  const edit = (at: number | null): void => {
    setLine(at)
    setError(null)
    setStage('edit')
  }
  const save = async (): Promise<void> => {
    setBusy(true)
    setError(null)
    try {
      const saved = await saving.save({ before: stored ?? '', xml: text, ...(dropPasswords ? { dropPasswords } : {}) })
      if (saved.same) {
        showDone(t('xml:saved'), saving.effect ?? undefined)
        return onClose()
      }
      setKept(saved)
      setStage('kept')
    } catch (reason) {
      const conflict = reason instanceof AppError && reason.code === 'conflict'
      if (conflict && (await load()) !== null) setOvertaken(true)
      else setError(reason)
    } finally {
      setBusy(false)
    }
  }
  const takeStored = (): void => {
    setTyped(null)
    setDropPasswords(false)
    setOvertaken(false)
    edit(null)
  }
  // within the text Escape closes the search, and lets Tab out
  const onKeyDown = (event: KeyboardEvent): void => {
    if (event.key === 'Escape' && stage !== 'kept' && !isInText(event.target)) close()
  }
  const close = (): void => (changed && stage !== 'kept' ? setLeaving(true) : onClose())
  return (
    <Modal opened onClose={close} title={title} size="76rem" closeOnEscape={stage === 'kept'} closeOnClickOutside={false}>
      <Stack gap="sm" onKeyDown={onKeyDown}>
        {unread !== null && <ErrorNotice error={unread} onRetry={() => void load()} />}
        {error !== null && <ErrorNotice error={error} />}
        {overtaken && <Overtaken onTake={takeStored} />}
        {stage !== 'kept' && saving.effect && (
          <Text size="sm" c="dimmed">
            {saving.effect}
          </Text>
        )}
        {stage !== 'kept' && saving.passwords && (
          <Checkbox
            label={t('xml:passwords.drop')}
            description={t(dropPasswords ? 'xml:passwords.dropped' : 'xml:passwords.kept')}
            checked={dropPasswords}
            onChange={(event) => setDropPasswords(event.currentTarget.checked)}
          />
        )}
        {stored === null && unread === null && <Skeleton height="55vh" />}
        {stored !== null && stage === 'edit' && <XmlEditor text={text} line={line} onChange={setTyped} />}
        {stored !== null && stage === 'difference' && (
          <XmlDifference before={{ text: stored, label: t('xml:before') }} after={{ text, label: t('xml:after') }} />
        )}
        {stage === 'kept' && kept && (
          <>
            <Alert color="orange" role="status" title={t('xml:kept.title')}>
              {t('xml:kept.text')}
            </Alert>
            <XmlDifference before={{ text, label: t('xml:kept.asked') }} after={{ text: kept.xml, label: t('xml:kept.stored') }} />
          </>
        )}
        <Foot stage={stage} error={error} tooLong={text.length > xmlLimit} changed={changed} busy={busy} on={{ edit, save: () => void save(), close, compare: () => setStage('difference'), done: onClose }} />
      </Stack>
      <ConfirmDialog opened={leaving} danger title={t('xml:discard.title')} confirm={t('xml:discard.do')} onConfirm={onClose} onCancel={() => setLeaving(false)}>
        <Text size="sm">{t('xml:discard.text')}</Text>
      </ConfirmDialog>
    </Modal>
  )
}

/** Somebody else has changed the object while it was edited here. */
function Overtaken({ onTake }: { readonly onTake: () => void }) {
  const { t } = useTranslation()
  return (
    <Alert color="orange" role="alert" title={t('xml:overtaken.title')}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('xml:overtaken.text')}</Text>
        <Button variant="default" size="xs" onClick={onTake}>
          {t('xml:overtaken.take')}
        </Button>
      </Stack>
    </Alert>
  )
}

interface FootProps {
  readonly stage: Stage
  readonly error: unknown
  readonly tooLong: boolean
  readonly changed: boolean
  readonly busy: boolean
  readonly on: {
    edit(line: number | null): void
    compare(): void
    save(): void
    close(): void
    done(): void
  }
}

/** The ways on and back. */
function Foot({ stage, error, tooLong, changed, busy, on }: FootProps) {
  const { t } = useTranslation()
  const line = lineOf(error)
  if (stage === 'kept')
    return (
      <Group justify="flex-end">
        <Button onClick={on.done}>{t('close')}</Button>
      </Group>
    )
  if (stage === 'difference')
    return (
      <Group justify="flex-end">
        {line !== null && (
          <Button variant="default" onClick={() => on.edit(line)}>
            {t('xml:line', { line })}
          </Button>
        )}
        <Button variant="default" onClick={() => on.edit(null)}>
          {t('xml:back')}
        </Button>
        <Button loading={busy} disabled={!changed} onClick={on.save}>
          {t('xml:save')}
        </Button>
      </Group>
    )
  return (
    <Group justify="space-between">
      <Text size="sm" c={tooLong ? 'var(--mantine-color-error)' : 'dimmed'} role={tooLong ? 'alert' : undefined}>
        {tooLong ? t('xml:tooLong', { count: xmlLimit }) : t('xml:keys')}
      </Text>
      <Group>
        <Button variant="default" onClick={on.close}>
          {t('cancel')}
        </Button>
        <Button disabled={!changed || tooLong} onClick={on.compare}>
          {t('xml:difference')}
        </Button>
      </Group>
    </Group>
  )
}
