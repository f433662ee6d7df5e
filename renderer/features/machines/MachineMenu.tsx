import { Menu, Tooltip } from '@mantine/core'
import {
  IconCopy,
  IconDeviceDesktop,
  IconDeviceFloppy,
  IconInfoCircle,
  IconPlayerPause,
  IconPlayerPlay,
  IconPlugX,
  IconPower,
  IconRefresh,
  IconRotateClockwise2,
  IconTrash,
  IconX,
  type Icon,
} from '@tabler/icons-react'
import { useId, type ReactNode } from 'react'
import { useTranslation } from 'react-i18next'
import { writeClipboard } from '../../api/clipboard.ts'
import { go, paths } from '../../app/paths.ts'
import { domainKey, useConnection } from '../../stores/app-store.ts'
import { showDone, showError } from '../../ui/notices.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { whyNot, type MachineAction } from '../../../shared/model/domain-rules.ts'
import { beginAction } from './actions.tsx'
import { copiedCommands, domainCommand, type CopiedCommand } from './commands.ts'
import { mayBegin, usePending } from './pending.ts'
import classes from './machines.module.css'

const icons: Readonly<Record<MachineAction, Icon>> = {
  start: IconPlayerPlay,
  suspend: IconPlayerPause,
  resume: IconPlayerPlay,
  shutdown: IconPower,
  reboot: IconRefresh,
  destroy: IconPlugX,
  reset: IconRotateClockwise2,
  managedsave: IconDeviceFloppy,
  'discard-save': IconX,
  delete: IconTrash,
}

/** An entry that says why it is off, to the mouse, the keyboard and screen readers; it can be reached but does nothing then. */
function ReasonedItem(props: {
  readonly icon: ReactNode
  readonly label: string
  readonly reason: string | null
  readonly danger?: boolean
  readonly onClick: () => void
}) {
  const { reason, label } = props
  const id = useId()
  return (
    <Tooltip label={reason} disabled={reason === null} position="left">
      <Menu.Item
        leftSection={props.icon}
        className={reason === null ? (props.danger ? classes.danger : undefined) : classes.off}
        {...(reason === null ? {} : { 'aria-disabled': true, 'aria-describedby': id })}
        closeMenuOnClick={reason === null}
        onClick={() => reason === null && props.onClick()}
      >
        {label}
        {reason !== null && (
          <span id={id} hidden>
            {reason}
          </span>
        )}
      </Menu.Item>
    </Tooltip>
  )
}

/** Why an action cannot be done now, in words: the machine's state, or what is on its way. */
export function useReason(domain: DomainSummary): (action: MachineAction) => string | null {
  const { t } = useTranslation()
  const pending = usePending(domainKey(domain.connection, domain.uuid))
  return (action) => {
    const why = whyNot(action, domain)
    if (why !== null) return t(`machines:why.${why}`)
    if (pending && !mayBegin(action, pending))
      return t('machines:why.busy', { what: t(`machines:pending.${pending.action}`) })
    return null
  }
}

/** Some of a machine's actions as menu entries. */
export function ActionItems({
  domain,
  actions,
}: {
  readonly domain: DomainSummary
  readonly actions: readonly MachineAction[]
}) {
  const { t } = useTranslation()
  const reasonFor = useReason(domain)
  return actions.map((action) => {
    const Symbol = icons[action]
    const loses = action === 'destroy' || action === 'reset' || action === 'delete'
    return (
      <ReasonedItem
        key={action}
        icon={<Symbol size={16} aria-hidden />}
        label={t(`machines:action.${action}`)}
        reason={reasonFor(action)}
        danger={loses}
        onClick={() => beginAction(action, domain)}
      />
    )
  })
}

/** The virsh commands that show the machine, to copy. */
function CopyItems({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const connection = useConnection(domain.connection)
  const copy = async (command: CopiedCommand): Promise<void> => {
    try {
      const line = domainCommand(command, connection?.uri ?? '', domain)
      await writeClipboard(line)
      showDone(t('machines:notice.copied'), line)
    } catch (error) {
      showError(error)
    }
  }
  return (
    <Menu.Sub>
      <Menu.Sub.Target>
        <Menu.Sub.Item leftSection={<IconCopy size={16} aria-hidden />}>{t('machines:copy.menu')}</Menu.Sub.Item>
      </Menu.Sub.Target>
      <Menu.Sub.Dropdown>
        {copiedCommands.map((command) => (
          <Menu.Item key={command} onClick={() => void copy(command)}>
            {t(`machines:copy.${command}`)}
          </Menu.Item>
        ))}
      </Menu.Sub.Dropdown>
    </Menu.Sub>
  )
}

/** Everything that can be done to a machine: the "…" menu and the context menu alike. */
export function MachineMenuItems({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const { connection, uuid } = domain
  return (
    <>
      <Menu.Item
        leftSection={<IconDeviceDesktop size={16} aria-hidden />}
        onClick={() => go(paths.machine(connection, uuid, 'console'))}
      >
        {t('machines:action.open')}
      </Menu.Item>
      <Menu.Item
        leftSection={<IconInfoCircle size={16} aria-hidden />}
        onClick={() => go(paths.machine(connection, uuid, 'details'))}
      >
        {t('machines:action.details')}
      </Menu.Item>
      <Menu.Divider />
      <ActionItems domain={domain} actions={['start', 'suspend', 'resume', 'shutdown', 'reboot', 'destroy', 'reset']} />
      <Menu.Divider />
      <ActionItems domain={domain} actions={domain.saved ? ['managedsave', 'discard-save'] : ['managedsave']} />
      <CopyItems domain={domain} />
      <Menu.Divider />
      <ActionItems domain={domain} actions={['delete']} />
    </>
  )
}
