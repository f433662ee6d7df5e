import { Alert, Button, Group, Modal, Progress, Select, Stack, Text, Textarea } from '@mantine/core'
import { IconClipboard } from '@tabler/icons-react'
import { useRef, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { call } from '../../api/client.ts'
import { readClipboard } from '../../api/clipboard.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { showError } from '../../ui/notices.tsx'
import { MOST_CHARACTERS, strokesOf, type LayoutName } from './keyboard/layouts.ts'
import { typeStrokes, type SendKey } from './keyboard/type-strokes.ts'

interface Props {
  readonly onClose: () => void
  /** Sends one key to the guest. */
  readonly sendKey: SendKey
}

const names = ['es', 'us'] as const

/** A text, or the clipboard, typed as keys of the guest's keyboard. */
export function TypeTextDialog({ onClose, sendKey }: Props) {
  const { t } = useTranslation()
  const layout = useAppStore((state) => state.settings.guestKeyboard)
  const [text, setText] = useState('')
  const [done, setDone] = useState<number | null>(null)
  const stop = useRef<AbortController | null>(null)
  const { strokes, missing } = strokesOf(text, layout)
  const typing = done !== null

  const paste = async (): Promise<void> => setText((await readClipboard()).slice(0, MOST_CHARACTERS))
  const type = async (): Promise<void> => {
    stop.current = new AbortController()
    setDone(0)
    await typeStrokes(strokes, sendKey, { signal: stop.current.signal, onProgress: setDone })
    setDone(null)
    onClose()
  }
  const close = (): void => {
    stop.current?.abort()
    onClose()
  }
  return (
    <Modal opened onClose={close} title={t('console:type.title')} size="lg">
      <Stack>
        <Select
          label={t('console:type.layout')}
          description={t('console:type.layoutHelp')}
          data={names.map((value) => ({ value, label: t(`console:layout.${value}`) }))}
          value={layout}
          allowDeselect={false}
          disabled={typing}
          onChange={(value) => void call('settings.update', { guestKeyboard: (value ?? 'es') as LayoutName }).catch(showError)}
        />
        <Textarea
          label={t('console:type.text')}
          description={t('console:type.textHelp')}
          autosize
          minRows={4}
          maxRows={12}
          maxLength={MOST_CHARACTERS}
          value={text}
          disabled={typing}
          data-autofocus
          onChange={(event) => setText(event.currentTarget.value)}
        />
        {missing.length > 0 && (
          <Alert color="orange" variant="light" role="status">
            {t('console:type.missing', { characters: missing.slice(0, 20).join(' '), keyboard: t(`console:layout.${layout}`) })}
          </Alert>
        )}
        {typing && (
          <div role="status">
            <Text size="sm">{t('console:type.progress', { done, total: strokes.length })}</Text>
            <Progress value={(100 * (done ?? 0)) / Math.max(1, strokes.length)} aria-label={t('console:type.title')} />
          </div>
        )}
        <Group justify="space-between">
          <Button
            variant="default"
            leftSection={<IconClipboard size={16} aria-hidden />}
            disabled={typing}
            onClick={() => void paste().catch(showError)}
          >
            {t('console:type.paste')}
          </Button>
          <Group>
            <Button variant="default" onClick={close}>
              {typing ? t('console:type.stop') : t('cancel')}
            </Button>
            <Button onClick={() => void type()} disabled={strokes.length === 0} loading={typing}>
              {t('console:type.type')}
            </Button>
          </Group>
        </Group>
      </Stack>
    </Modal>
  )
}
