import { Button, SegmentedControl, Switch, Text } from '@mantine/core'
import { IconClipboard, IconCopy, IconMaximize } from '@tabler/icons-react'
import type { ReactNode, Ref } from 'react'
import { useTranslation } from 'react-i18next'
import classes from './console.module.css'

export type ConsoleTab = 'display' | 'serial'

interface Props {
  readonly tab: ConsoleTab
  readonly onTab: (tab: ConsoleTab) => void
  /** Where the focus goes when the guest gives the keyboard back. */
  readonly tabs: Ref<HTMLDivElement>
  readonly status: ReactNode
  readonly children: ReactNode
}

/** The row above the console. */
export function ConsoleToolbar({ tab, onTab, tabs, status, children }: Props) {
  const { t } = useTranslation()
  const data: { value: ConsoleTab; label: string }[] = [
    { value: 'display', label: t('console:tab.display') },
    { value: 'serial', label: t('console:tab.serial') },
  ]
  return (
    <div className={classes.toolbar}>
      <SegmentedControl<ConsoleTab> ref={tabs} size="xs" data={data} value={tab} onChange={onTab} aria-label={t('console:tab.label')} />
      {status}
      <div className={classes.tools}>{children}</div>
    </div>
  )
}

interface DisplayToolsProps {
  readonly scaled: boolean
  readonly onScaled: (scaled: boolean) => void
  readonly onFullScreen: () => void
}

export function DisplayTools({ scaled, onScaled, onFullScreen }: DisplayToolsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Switch size="xs" label={t('console:scale')} checked={scaled} onChange={(event) => onScaled(event.currentTarget.checked)} />
      <Button
        variant="default"
        size="xs"
        leftSection={<IconMaximize size={16} aria-hidden />}
        title={t('console:fullScreen.enter')}
        onClick={onFullScreen}
      >
        {t('console:fullScreen.enter')}
      </Button>
    </>
  )
}

interface SerialToolsProps {
  readonly onCopy: () => void
  readonly onPaste: () => void
}

export function SerialTools({ onCopy, onPaste }: SerialToolsProps) {
  const { t } = useTranslation()
  return (
    <>
      <Button variant="default" size="xs" leftSection={<IconCopy size={16} aria-hidden />} title={t('console:serial.copy')} onClick={onCopy}>
        {t('console:serial.copy')}
      </Button>
      <Button variant="default" size="xs" leftSection={<IconClipboard size={16} aria-hidden />} title={t('console:serial.paste')} onClick={onPaste}>
        {t('console:serial.paste')}
      </Button>
    </>
  )
}

/** How to get out, for who has only a keyboard. */
export function LeaveHint() {
  const { t } = useTranslation()
  return (
    <Text size="xs" c="dimmed" className={classes.leaveHint}>
      {t('console:leaveHint')}
    </Text>
  )
}
