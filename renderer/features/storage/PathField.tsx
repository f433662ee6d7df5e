import { Button, Group, TextInput } from '@mantine/core'
import { IconFolderOpen } from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { showError } from '../../ui/notices.tsx'
import { pickFile } from '../../ui/pick-file.ts'
import type { FilePurpose } from '../../ui/services.ts'
import classes from './storage.module.css'

interface Props {
  readonly label: string
  readonly description?: ReactNode
  readonly placeholder: string
  readonly value: string
  readonly purpose: FilePurpose
  /** Where browsing begins. */
  readonly start: string | null
  readonly first?: boolean
  readonly onChange: (path: string) => void
}

/** A path that is typed or picked. */
export function PathField({ label, description, placeholder, value, purpose, start, first = false, onChange }: Props) {
  const { t } = useTranslation()
  const id = useId()
  const pick = async (): Promise<void> => {
    const path = await pickFile({ purpose, start })
    if (path !== null) onChange(path)
  }
  return (
    <Group gap="xs" align="flex-start" wrap="nowrap">
      <TextInput
        id={id}
        className={classes.grow}
        label={label}
        description={description}
        placeholder={placeholder}
        value={value}
        maxLength={4_000}
        spellCheck={false}
        autoComplete="off"
        data-autofocus={first || undefined}
        onChange={(event) => onChange(event.currentTarget.value)}
      />
      <Button
        className="vivero-beside-field"
        variant="default"
        leftSection={<IconFolderOpen size={16} aria-hidden />}
        onClick={() => void pick().catch(showError)}
      >
        {t('storage:browse')}
      </Button>
    </Group>
  )
}
