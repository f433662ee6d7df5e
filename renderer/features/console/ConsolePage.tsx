import { Button } from '@mantine/core'
import { IconMinimize } from '@tabler/icons-react'
import { useCallback, useRef, useState, type RefObject } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { isActive } from '../../../shared/model/domain-rules.ts'
import { useDomain } from '../../stores/app-store.ts'
import type { MachineRef } from '../../stores/dialogs.ts'
import { showError, showNotice } from '../../ui/notices.tsx'
import { ConsoleToolbar, DisplayTools, LeaveHint, SerialTools, type ConsoleTab } from './ConsoleToolbar.tsx'
import classes from './console.module.css'
import { DisplayView, type DisplayHandle } from './DisplayView.tsx'
import { useFullScreen, type FullScreen } from './full-screen.ts'
import type { CombinationId } from './keyboard/combinations.ts'
import { MachineOff } from './MachineOff.tsx'
import { ScreenshotButton } from './ScreenshotButton.tsx'
import { SendKeysMenu } from './SendKeysMenu.tsx'
import { SerialView, type SerialHandle } from './SerialView.tsx'
import { StatusLine } from './StatusLine.tsx'
import { TypeTextDialog } from './TypeTextDialog.tsx'
import { useConsoleKeys } from './use-console-keys.ts'
import type { DisplayState } from './use-display.ts'

/** Display and serial port of a machine; says so while it is off, and shows the same of them when it is on again. */
export function ConsolePage({ connection, uuid }: MachineRef) {
  const domain = useDomain(connection, uuid)
  const [chosen, setChosen] = useState<ConsoleTab | null>(null)
  if (!domain) return null
  if (!isActive(domain)) return <MachineOff domain={domain} />
  return <RunningConsole key={`${connection}|${uuid}`} domain={domain} chosen={chosen} onChoose={setChosen} />
}

const notYet: DisplayState = { phase: 'connecting', error: null, size: null }

interface RunningProps {
  readonly domain: DomainSummary
  /** Null until the person has chosen one. */
  readonly chosen: ConsoleTab | null
  readonly onChoose: (tab: ConsoleTab) => void
}

function RunningConsole({ domain, chosen, onChoose }: RunningProps) {
  const [first] = useState<ConsoleTab>(domain.displays.length === 0 && domain.hasSerial ? 'serial' : 'display')
  const tab = chosen ?? first
  const [serialOpen, setSerialOpen] = useState(tab === 'serial')
  const [scaled, setScaled] = useState(true)
  const [typing, setTyping] = useState(false)
  const [display, setDisplay] = useState<DisplayState>(notYet)
  const displayHandle = useRef<DisplayHandle>(null)
  const serialHandle = useRef<SerialHandle>(null)
  const root = useRef<HTMLDivElement>(null)
  const tabs = useRef<HTMLDivElement>(null)
  const full = useFullScreen(root)
  const connected = tab === 'display' && display.phase === 'connected'
  const dark = tab === 'display' && display.phase === 'unavailable'
  const send = useConsoleKeys(domain, displayHandle, connected)
  const show = (next: ConsoleTab): void => {
    onChoose(next)
    if (next === 'serial') setSerialOpen(true)
  }
  const leave = useCallback(() => leaveTo(root, tabs), [])
  return (
    <div ref={root} className={classes.console} data-full={full.on || undefined}>
      {full.on ? (
        <FullScreenBar full={full} onSend={send} />
      ) : (
        <ConsoleToolbar
          tab={tab}
          onTab={show}
          tabs={tabs}
          status={<StatusLine domain={domain} size={tab === 'display' ? display.size : null} scaled={scaled} />}
        >
          <SendKeysMenu onSend={send} onType={connected ? () => setTyping(true) : undefined} />
          {tab === 'display' && !dark && <DisplayTools scaled={scaled} onScaled={setScaled} onFullScreen={full.enter} />}
          {tab === 'serial' && <SerialClipboard serial={serialHandle} />}
          <ScreenshotButton connection={domain.connection} uuid={domain.uuid} />
        </ConsoleToolbar>
      )}
      {tab === 'display' && (
        <DisplayView
          domain={domain}
          scaled={scaled || full.on}
          handle={displayHandle}
          onState={setDisplay}
          onLeave={leave}
          onSerial={domain.hasSerial ? () => show('serial') : null}
        />
      )}
      {serialOpen && <SerialView domain={domain} visible={tab === 'serial'} handle={serialHandle} onLeave={leave} />}
      {!full.on && !dark && <LeaveHint />}
      {typing && (
        <TypeTextDialog onClose={() => setTyping(false)} sendKey={(...key) => displayHandle.current?.sendKey(...key)} />
      )}
    </div>
  )
}

/** Gives the keyboard back to the page: to the choice of display and serial port, or to the bar of the full screen. */
function leaveTo(root: RefObject<HTMLElement | null>, tabs: RefObject<HTMLElement | null>): void {
  const target = tabs.current?.querySelector<HTMLElement>('input:checked') ?? root.current?.querySelector<HTMLElement>('button')
  target?.focus()
}

function SerialClipboard({ serial }: { readonly serial: RefObject<SerialHandle | null> }) {
  const { t } = useTranslation()
  const copy = async (): Promise<void> => {
    const copied = await serial.current?.copy()
    showNotice(copied ? t('copied') : t('console:serial.nothingSelected'))
  }
  const paste = async (): Promise<void> => serial.current?.paste()
  return <SerialTools onCopy={() => void copy().catch(showError)} onPaste={() => void paste().catch(showError)} />
}

interface BarProps {
  readonly full: FullScreen
  readonly onSend: (id: CombinationId) => void
}

/** The way out of the full screen, always to be seen. */
function FullScreenBar({ full, onSend }: BarProps) {
  const { t } = useTranslation()
  return (
    <div className={classes.fullBar} role="toolbar" aria-label={t('console:fullScreen.bar')}>
      <Button size="xs" variant="default" leftSection={<IconMinimize size={16} aria-hidden />} onClick={full.leave}>
        {t('console:fullScreen.leave')}
      </Button>
      <SendKeysMenu inFullScreen onSend={onSend} />
    </div>
  )
}
