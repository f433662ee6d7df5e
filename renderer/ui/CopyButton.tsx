import { ActionIcon, Button, Tooltip } from '@mantine/core'
import { IconCheck, IconCopy } from '@tabler/icons-react'
import { useEffect, useState } from 'react'
import { useTranslation } from 'react-i18next'
import { uiServices } from './services.ts'

interface Props {
  /** What is copied, or a function that makes it at the click. */
  readonly text: string | (() => string | Promise<string>)
  /** What the button copies, in words: "Copy path". */
  readonly label: string
  /** Only the symbol, with the label as its name and tip. */
  readonly compact?: boolean
  readonly variant?: 'default' | 'subtle'
  readonly size?: 'xs' | 'sm'
  readonly disabled?: boolean
}

/** Copies a text, and says so for a moment. */
export function CopyButton({ text, label, compact = false, variant = 'default', size = 'sm', disabled = false }: Props) {
  const { t } = useTranslation()
  const [copied, setCopied] = useState(false)
  useEffect(() => {
    if (!copied) return
    const timer = setTimeout(() => setCopied(false), 2_000)
    return () => clearTimeout(timer)
  }, [copied])
  const copy = async (): Promise<void> => {
    try {
      await uiServices().writeClipboard(typeof text === 'string' ? text : await text())
      setCopied(true)
    } catch (error) {
      uiServices().showError(error)
    }
  }
  const icon = copied ? <IconCheck size={16} aria-hidden /> : <IconCopy size={16} aria-hidden />
  const live = (
    <span className="visually-hidden" role="status">
      {copied ? t('copied') : ''}
    </span>
  )
  if (compact) {
    return (
      <Tooltip label={copied ? t('copied') : label}>
        <ActionIcon variant="subtle" color="gray" aria-label={label} onClick={() => void copy()} disabled={disabled}>
          {icon}
          {live}
        </ActionIcon>
      </Tooltip>
    )
  }
  return (
    <Button variant={variant} size={size} leftSection={icon} onClick={() => void copy()} disabled={disabled}>
      {copied ? t('copied') : label}
      {live}
    </Button>
  )
}
