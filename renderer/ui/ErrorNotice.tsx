import { Alert, Anchor, Button, Code, Collapse, Group, Stack, Text } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import type { Remedy } from '../../shared/model/error.ts'
import { anyKey } from './any-key.ts'
import { CopyButton } from './CopyButton.tsx'
import { errorRemedy, errorTitle, wireErrorOf } from './error-text.ts'
import { uiServices } from './services.ts'
import classes from './error-notice.module.css'

/** A way out: a button that runs a request, or a command to copy where the app has no right to run it. */
interface ActionProps {
  readonly remedy: Remedy
  readonly onDone: (() => void) | undefined
  readonly onOpened: (() => void) | undefined
}

function RemedyAction({ remedy, onDone, onOpened }: ActionProps) {
  const { t } = useTranslation()
  const [busy, setBusy] = useState(false)
  const label = t(anyKey(`errors:remedy.${remedy.name}`), { defaultValue: t('retry') })
  const { request, command, open } = remedy
  if (request) {
    const run = async (): Promise<void> => {
      setBusy(true)
      try {
        await uiServices().run(request.name, request.input)
        onDone?.()
      } catch (error) {
        uiServices().showError(error)
      } finally {
        setBusy(false)
      }
    }
    return (
      <Button variant="default" size="xs" loading={busy} onClick={() => void run()}>
        {label}
      </Button>
    )
  }
  if (open) {
    return (
      <Button
        variant="default"
        size="xs"
        onClick={() => {
          uiServices().open(open)
          onOpened?.()
        }}
      >
        {label}
      </Button>
    )
  }
  if (!command) return null
  return (
    <Stack gap={2} w="100%">
      <Text size="xs">{label}</Text>
      <Group gap="xs" wrap="nowrap">
        <Code className={classes.command}>{command}</Code>
        <CopyButton compact text={command} label={t('copyCommand')} />
      </Group>
    </Stack>
  )
}

/** The system's own text, folded until asked for. */
function ErrorDetail({ detail }: { readonly detail: string }) {
  const { t } = useTranslation()
  const [open, setOpen] = useState(false)
  return (
    <div>
      <Group gap="xs">
        <Anchor component="button" type="button" size="xs" aria-expanded={open} onClick={() => setOpen(!open)}>
          {open ? t('hideDetails') : t('showDetails')}
        </Anchor>
        {open && <CopyButton compact text={detail} label={t('copyDetails')} />}
      </Group>
      <Collapse expanded={open}>
        <Code block className={classes.detail} tabIndex={0}>
          {detail}
        </Code>
      </Collapse>
    </div>
  )
}

interface Props {
  /** Anything caught: an AppError, or an error as it crosses the contract. */
  readonly error: unknown
  /** Adds "Retry". */
  readonly onRetry?: (() => void) | undefined
  /** After a remedy has worked; without it `onRetry` is called. */
  readonly onDone?: (() => void) | undefined
  /** After a remedy has led to another place of the app. */
  readonly onOpened?: (() => void) | undefined
  /** Without frame, for use inside a notice. */
  readonly plain?: boolean
}

/** What happened, what to do, the system's own words when asked for, and the ways out. */
export function ErrorNotice({ error: thrown, onRetry, onDone, onOpened, plain = false }: Props) {
  const { t } = useTranslation()
  const error = wireErrorOf(thrown)
  const remedy = errorRemedy(t, error)
  const body = (
    <Stack gap="xs">
      {remedy && <Text size="sm">{remedy}</Text>}
      {(error.remedies.length > 0 || onRetry) && (
        <Group gap="xs">
          {error.remedies.map((one) => (
            <RemedyAction key={`${one.name} ${one.command ?? ''}`} remedy={one} onDone={onDone ?? onRetry} onOpened={onOpened} />
          ))}
          {onRetry && !error.remedies.some((one) => one.name === 'retry') && (
            <Button variant="default" size="xs" onClick={onRetry}>
              {t('retry')}
            </Button>
          )}
        </Group>
      )}
      {error.detail && <ErrorDetail detail={error.detail} />}
    </Stack>
  )
  if (plain) return body
  return (
    <Alert color="red" variant="light" icon={<IconAlertTriangle aria-hidden />} title={errorTitle(t, error)} role="alert">
      {body}
    </Alert>
  )
}
