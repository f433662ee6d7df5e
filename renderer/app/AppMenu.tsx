import { ActionIcon, Kbd, Menu } from '@mantine/core'
import { IconMenu2 } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { useShallow } from 'zustand/react/shallow'
import { menuKey, menuSections, shortcuts, type MenuAction } from '../../shared/model/menu.ts'
import { isConnectionAction } from '../../shared/model/connection-rules.ts'
import { connectionName } from '../features/connections/index.ts'
import { useAppStore } from '../stores/app-store.ts'
import { MenuEntry } from '../ui/MenuEntry.tsx'
import { currentConnection, runAction, whyNotAction } from './actions.ts'

const isAction = (item: MenuAction | 'separator'): item is MenuAction => item !== 'separator'

function SectionItems({ items }: { readonly items: readonly (MenuAction | 'separator')[] }) {
  const { t } = useTranslation()
  const why = useAppStore(
    useShallow((state) => items.map((item) => (isAction(item) ? whyNotAction(item, state) : null))),
  )
  const connection = useAppStore(currentConnection)
  return items.map((item, index) => {
    if (!isAction(item)) {
      // After a separator come the entries of one connection: its name stands above them.
      const next = items[index + 1]
      return (
        <Fragment key={`separator-${index}`}>
          <Menu.Divider />
          {next !== undefined && isConnectionAction(next) && connection && <Menu.Label>{connectionName(t, connection)}</Menu.Label>}
        </Fragment>
      )
    }
    const reason = why[index]
    return (
      <MenuEntry
        key={item}
        label={t(`app:action.${item}`)}
        why={reason ? t(`connections:why.${reason}`) : null}
        shortcut={shortcuts[item]?.[0]}
        onClick={() => runAction(item)}
      />
    )
  })
}

interface Props {
  readonly opened: boolean
  readonly onChange: (opened: boolean) => void
}

/** The app's menu: File, Edit, View, Help. Electron has the same as a native menu bar. */
export function AppMenu({ opened, onChange }: Props) {
  const { t } = useTranslation()
  return (
    <Menu opened={opened} onChange={onChange} position="bottom-start" width={200}>
      <Menu.Target>
        <ActionIcon
          variant="subtle"
          color="gray"
          aria-label={t('app:menuButton')}
          title={`${t('app:menuButton')} (${menuKey})`}
        >
          <IconMenu2 size={18} aria-hidden />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        {menuSections.map(({ id, items }) => (
          <Menu.Sub key={id} position="right-start" openDelay={80} closeDelay={200}>
            <Menu.Sub.Target>
              <Menu.Sub.Item>{t(`app:menu.${id}`)}</Menu.Sub.Item>
            </Menu.Sub.Target>
            <Menu.Sub.Dropdown miw={250}>
              <SectionItems items={items} />
            </Menu.Sub.Dropdown>
          </Menu.Sub>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={() => runAction('settings')} rightSection={<Kbd size="xs">{shortcuts.settings?.[0]}</Kbd>}>
          {t('app:action.settings')}
        </Menu.Item>
      </Menu.Dropdown>
    </Menu>
  )
}
