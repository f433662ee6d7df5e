import { Button, Text } from '@mantine/core'
import { useEffect, useImperativeHandle, useRef, type Ref } from 'react'
import { useTranslation } from 'react-i18next'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName } from '../../../shared/model/domain-rules.ts'
import classes from './console.module.css'
import type { SendKey } from './keyboard/type-strokes.ts'
import { NoDisplay } from './NoDisplay.tsx'
import { useDisplay, type DisplayState } from './use-display.ts'
import { useLeaveKeys } from './use-leave-keys.ts'

export interface DisplayHandle {
  readonly sendKey: SendKey
  focus(): void
}

interface Props {
  readonly domain: DomainSummary
  readonly scaled: boolean
  readonly handle: Ref<DisplayHandle>
  readonly onState: (state: DisplayState) => void
  /** Ctrl+Alt: the keyboard goes back to the page. */
  readonly onLeave: () => void
  readonly onSerial: (() => void) | null
}

/** The machine's screen, with its keyboard and mouse. */
export function DisplayView({ domain, scaled, handle, onState, onLeave, onSerial }: Props) {
  const { t } = useTranslation()
  const { connection, uuid, id: domainId } = domain
  const container = useRef<HTMLDivElement>(null)
  const label = t('console:display.label', { name: displayName(domain) })
  const display = useDisplay({ connection, uuid, domainId, scaled, label, container })
  const { phase, error, size, sendKey, focus, retry } = display
  useImperativeHandle(handle, () => ({ sendKey, focus }), [sendKey, focus])
  useEffect(() => onState({ phase, error, size }), [onState, phase, error, size])
  useLeaveKeys(container, onLeave, (held) => {
    for (const code of held) sendKey(0, code, false)
  })
  return (
    <div className={classes.stage} data-phase={phase}>
      <div ref={container} className={classes.display} data-testid="display" data-guest-keys data-phase={phase} hidden={phase === 'unavailable'} />
      {phase === 'unavailable' && (
        <div className={classes.notice}>
          <NoDisplay connection={connection} uuid={uuid} error={error} onRetry={retry} onSerial={onSerial} />
        </div>
      )}
      {(phase === 'connecting' || phase === 'lost') && (
        <div className={classes.overlay} role="status">
          <Text size="sm">{t(phase === 'lost' ? 'console:display.lost' : 'console:display.connecting')}</Text>
          {phase === 'lost' && (
            <Button size="xs" variant="default" onClick={retry}>
              {t('console:retryNow')}
            </Button>
          )}
        </div>
      )}
    </div>
  )
}
