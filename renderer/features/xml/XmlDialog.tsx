import { Anchor, Button, Group, Text } from '@mantine/core'
import { IconPencil } from '@tabler/icons-react'
import { lazy, Suspense, useState, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { go, paths } from '../../app/paths.ts'
import { useAppStore } from '../../stores/app-store.ts'
import { TextDialog } from '../../ui/TextDialog.tsx'
import type { XmlSaving } from './saving.ts'

const XmlEditing = lazy(() => import('./XmlEditing.tsx').then((all) => ({ default: all.XmlEditing })))

interface Props {
  readonly title: string
  readonly copyLabel: string
  readonly read: () => Promise<string>
  readonly readKey: string
  readonly tools?: ReactNode
  /** Null for what is not stored, and so cannot be changed. */
  readonly saving: XmlSaving | null
  readonly onClose: () => void
}

/** An object's XML, to read and copy; and to edit, where the settings allow it. */
export function XmlDialog({ title, copyLabel, read, readKey, tools, saving, onClose }: Props) {
  const { t } = useTranslation()
  const allowed = useAppStore((state) => state.settings.editXml)
  const [editing, setEditing] = useState(false)
  const toSettings = (): void => {
    onClose()
    go(paths.settings())
  }
  const reading = (
    <TextDialog
      title={title}
      copyLabel={copyLabel}
      read={read}
      readKey={readKey}
      tools={
        <Group gap="xs">
          {tools}
          {allowed && saving && (
            <Button variant="default" leftSection={<IconPencil size={16} aria-hidden />} onClick={() => setEditing(true)}>
              {t('xml:edit')}
            </Button>
          )}
        </Group>
      }
      notes={
        !allowed &&
        saving && (
          <Text size="sm" c="dimmed">
            {t('xml:off')}{' '}
            <Anchor component="button" type="button" size="sm" onClick={toSettings}>
              {t('xml:settings')}
            </Anchor>
          </Text>
        )
      }
      onClose={onClose}
    />
  )
  if (!editing || !saving) return reading
  // what is read stays in sight until the editor is loaded
  return (
    <Suspense fallback={reading}>
      <XmlEditing title={title} saving={saving} onClose={onClose} />
    </Suspense>
  )
}
