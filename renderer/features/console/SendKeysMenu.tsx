import { Button, Menu } from '@mantine/core'
import { IconChevronDown, IconKeyboard } from '@tabler/icons-react'
import { Fragment } from 'react'
import { useTranslation } from 'react-i18next'
import { combinationGroups, type CombinationId } from './keyboard/combinations.ts'

interface Props {
  readonly onSend: (id: CombinationId) => void
  /** Opens the dialog that types a text; absent where no text can be typed. */
  readonly onType?: (() => void) | undefined
  /** Only what lies inside the full screen's element is to be seen there. */
  readonly inFullScreen?: boolean
}

/** Combinations that the person's own desktop keeps, and a text to type. */
export function SendKeysMenu({ onSend, onType, inFullScreen = false }: Props) {
  const { t } = useTranslation()
  return (
    <Menu withinPortal={!inFullScreen} position="bottom-start" shadow="md">
      <Menu.Target>
        <Button
          variant="default"
          size="xs"
          leftSection={<IconKeyboard size={16} aria-hidden />}
          rightSection={<IconChevronDown size={14} aria-hidden />}
          title={t('console:sendKeys')}
        >
          {t('console:sendKeys')}
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah="70vh" style={{ overflowY: 'auto' }}>
        {combinationGroups.map((group, index) => (
          <Fragment key={group[0]}>
            {index > 0 && <Menu.Divider />}
            {group.map((id) => (
              <Menu.Item key={id} onClick={() => onSend(id)}>
                {t(`console:keys.${id}`)}
              </Menu.Item>
            ))}
          </Fragment>
        ))}
        {onType && (
          <>
            <Menu.Divider />
            <Menu.Item onClick={onType}>{t('console:typeText')}</Menu.Item>
          </>
        )}
      </Menu.Dropdown>
    </Menu>
  )
}
