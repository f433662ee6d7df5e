import { ActionIcon, Tooltip, UnstyledButton } from '@mantine/core'
import { IconLayoutSidebarLeftCollapse, IconLayoutSidebarLeftExpand, IconPhotoDown, IconPlus, IconSettings } from '@tabler/icons-react'
import { useState } from 'react'
import { useTranslation } from 'react-i18next'
import { ConnectionSection, isListing, SidebarEntry } from '../features/connections/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import { formatNumber } from '../ui/format.ts'
import { runAction } from './actions.ts'
import { AppMenu } from './AppMenu.tsx'
import { LeavingNote } from './LeavingNote.tsx'
import { href, paths } from './paths.ts'
import { useShortcuts } from './use-shortcuts.ts'
import logo from './vivero.svg'
import classes from './shell.module.css'

function FoldButton({ folded }: { readonly folded: boolean }) {
  const { t } = useTranslation()
  const label = folded ? t('app:showSidebar') : t('app:hideSidebar')
  const Icon = folded ? IconLayoutSidebarLeftExpand : IconLayoutSidebarLeftCollapse
  return (
    <Tooltip label={label} position="right">
      <ActionIcon
        variant="subtle"
        color="gray"
        aria-label={label}
        aria-expanded={!folded}
        onClick={() => runAction('fold-sidebar')}
      >
        <Icon size={18} aria-hidden />
      </ActionIcon>
    </Tooltip>
  )
}

/** All machines, then the connections with their pages. Folds to a narrow strip with the menu. */
export function Sidebar() {
  const { t } = useTranslation()
  const folded = useAppStore((state) => state.sidebarFolded)
  const connections = useAppStore((state) => state.connections)
  const machines = useAppStore((state) => Object.keys(state.domains).length)
  const listing = useAppStore(isListing)
  const [menu, setMenu] = useState(false)
  useShortcuts(() => setMenu(true))
  if (folded) {
    return (
      <div className={classes.strip}>
        <FoldButton folded />
        <AppMenu opened={menu} onChange={setMenu} />
      </div>
    )
  }
  return (
    <aside className={classes.sidebar} aria-label={t('app:sidebar')}>
      <div className={classes.brand}>
        <img src={logo} alt="" width={22} height={22} />
        <span className={classes.brandName}>{t('app:name')}</span>
        <AppMenu opened={menu} onChange={setMenu} />
        <FoldButton folded={false} />
      </div>
      <div className={classes.sections}>
        <SidebarEntry
          top
          path={paths.allMachines()}
          label={t('app:allMachines')}
          count={machines === 0 && listing ? '' : formatNumber(machines)}
        />
        {connections.map((connection) => (
          <ConnectionSection key={connection.id} connection={connection} />
        ))}
        <UnstyledButton className={classes.add} onClick={() => runAction('add-connection')}>
          <IconPlus size={16} aria-hidden />
          {t('app:action.add-connection')}
        </UnstyledButton>
      </div>
      <LeavingNote />
      <div className={classes.foot}>
        <a className={classes.footLink} href={href(paths.library())}>
          <IconPhotoDown size={16} aria-hidden />
          {t('app:action.library')}
        </a>
        <a className={classes.footLink} href={href(paths.settings())}>
          <IconSettings size={16} aria-hidden />
          {t('app:action.settings')}
        </a>
      </div>
    </aside>
  )
}
