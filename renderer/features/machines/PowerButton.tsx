import { ActionIcon, Button, Group, Menu, Tooltip } from '@mantine/core'
import { IconChevronDown, IconDots } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { domainKey } from '../../stores/app-store.ts'
import { keptInside } from '../../ui/menu-place.ts'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { displayName, isActive, stateGroup, type MachineAction } from '../../../shared/model/domain-rules.ts'
import { beginAction } from './actions.tsx'
import { ActionItems, MachineMenuItems, useReason } from './MachineMenu.tsx'
import { usePending } from './pending.ts'
import classes from './machines.module.css'

/** The action that comes to mind first. */
export function firstAction(domain: DomainSummary): MachineAction {
  const group = stateGroup(domain)
  if (group === 'paused') return 'resume'
  if (group === 'crashed') return 'destroy'
  return group === 'running' ? 'shutdown' : 'start'
}

interface Props {
  readonly domain: DomainSummary
  readonly size?: 'xs' | 'sm'
}

/** Start, or Shut down with the other ways to stop beside it; says what is on its way. */
export function PowerButton({ domain, size = 'sm' }: Props) {
  const { t } = useTranslation()
  const pending = usePending(domainKey(domain.connection, domain.uuid))
  const action = firstAction(domain)
  const reason = useReason(domain)(action)
  const label = pending ? t(`machines:pending.${pending.action}`) : t(`machines:action.${action}`)
  const name = displayName(domain)
  const main = (
    <Tooltip label={reason} disabled={reason === null || pending !== null}>
      <Button
        variant="default"
        size={size}
        px={size === 'xs' ? 10 : undefined}
        aria-label={`${label}: ${name}`}
        {...(reason === null ? {} : { 'aria-disabled': true, 'data-disabled': true })}
        aria-busy={pending !== null}
        onClick={() => reason === null && beginAction(action, domain)}
      >
        {label}
      </Button>
    </Tooltip>
  )
  if (!isActive(domain)) return main
  return (
    <Button.Group>
      {main}
      <Menu position="bottom-end" middlewares={keptInside} withInitialFocusPlaceholder={false}>
        <Menu.Target>
          <Button
            variant="default"
            size={size}
            px={6}
            className={classes.chevron}
            aria-label={t('machines:action.power', { name })}
          >
            <IconChevronDown size={16} aria-hidden />
          </Button>
        </Menu.Target>
        <Menu.Dropdown>
          <ActionItems domain={domain} actions={['shutdown', 'reboot', 'suspend', 'resume', 'managedsave']} />
          <Menu.Divider />
          <ActionItems domain={domain} actions={['destroy', 'reset']} />
        </Menu.Dropdown>
      </Menu>
    </Button.Group>
  )
}

/** "…": everything that can be done to a machine. */
export function MoreButton({ domain, size = 'sm' }: Props) {
  const { t } = useTranslation()
  return (
    <Menu position="bottom-end" middlewares={keptInside} withInitialFocusPlaceholder={false}>
      <Menu.Target>
        <ActionIcon
          variant="default"
          size={size === 'xs' ? 30 : 34}
          aria-label={t('machines:action.more', { name: displayName(domain) })}
        >
          <IconDots size={16} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <MachineMenuItems domain={domain} />
      </Menu.Dropdown>
    </Menu>
  )
}

/** Both buttons of a card, a row or a machine's page. */
export function MachineButtons({ domain, size = 'sm' }: Props) {
  return (
    <Group gap={4} wrap="nowrap" className={classes.buttons}>
      <span className={classes.power}>
        <PowerButton domain={domain} size={size} />
      </span>
      <MoreButton domain={domain} size={size} />
    </Group>
  )
}
