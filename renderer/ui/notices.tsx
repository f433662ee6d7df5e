/** Short messages in the corner, read out by screen readers. */
import { notifications } from '@mantine/notifications'
import { IconAlertTriangle, IconCheck, IconInfoCircle } from '@tabler/icons-react'
import i18next from 'i18next'
import type { ReactNode } from 'react'
import { ErrorNotice } from './ErrorNotice.tsx'
import { errorTitle, wireErrorOf } from './error-text.ts'

const common = { withBorder: true, withCloseButton: true } as const
const closing = (): { 'aria-label': string } => ({ 'aria-label': i18next.t('close') })

/** Shows what went wrong, with its remedies. Cancelled work is no error. `title` goes before the error's own sentence. */
export function showError(thrown: unknown, options: { readonly title?: string; readonly onRetry?: () => void } = {}): void {
  const error = wireErrorOf(thrown)
  if (error.code === 'cancelled') return
  const sentence = errorTitle(i18next.t, error)
  const id = `error:${error.code}:${sentence}`
  const hide = (): void => void notifications.hide(id)
  hide()
  const retry = options.onRetry
  const again = (): void => {
    hide()
    retry?.()
  }
  notifications.show({
    ...common,
    id,
    role: 'alert',
    color: 'red',
    icon: <IconAlertTriangle size={18} aria-hidden />,
    title: options.title ? `${options.title} ${sentence}` : sentence,
    message: <ErrorNotice plain error={error} onRetry={retry && again} onDone={hide} onOpened={hide} />,
    autoClose: false,
    closeButtonProps: closing(),
  })
}

/** Says that something was done; goes by itself. */
export function showDone(title: string, message?: ReactNode): void {
  notifications.show({
    ...common,
    role: 'status',
    color: 'green',
    icon: <IconCheck size={18} aria-hidden />,
    title,
    message,
    autoClose: 5_000,
    closeButtonProps: closing(),
  })
}

/** Says something worth knowing; stays until closed where `stay`. Answers its id, for hideNotice. */
export function showNotice(title: string, message?: ReactNode, options: { readonly stay?: boolean; readonly id?: string } = {}): string {
  return notifications.show({
    ...common,
    ...(options.id ? { id: options.id } : {}),
    role: 'status',
    color: 'blue',
    icon: <IconInfoCircle size={18} aria-hidden />,
    title,
    message,
    autoClose: options.stay ? false : 8_000,
    closeButtonProps: closing(),
  })
}

export function hideNotice(id: string): void {
  notifications.hide(id)
}
