import { useTranslation } from 'react-i18next'
import type { ConnectionId } from '../../shared/model/connection.ts'
import { useAppStore } from '../stores/app-store.ts'
import { CopyButton } from '../ui/CopyButton.tsx'
import { listLines, type ListCommand } from './virsh-line.ts'

interface Props {
  /** Null: all that are open. */
  readonly connection: ConnectionId | null
  readonly command: ListCommand
}

/** Copies the virsh command that lists the same as the page (S0.20). */
export function CopyListCommand({ connection, command }: Props) {
  const { t } = useTranslation()
  const connections = useAppStore((state) => state.connections)
  const shown = connections.filter((one) => (connection === null ? one.state === 'connected' : one.id === connection))
  if (shown.length === 0) return null
  const text = listLines(shown.map((one) => one.uri), command)
  return <CopyButton compact text={text} label={t('app:copyList', { command })} />
}
