import { Kbd, Modal, Table } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogText } from '../ui/DialogText.tsx'
import { menuKey, menuSections, shortcuts } from '../../shared/model/menu.ts'

function Keys({ keys }: { readonly keys: readonly string[] }) {
  return keys.map((one, index) => (
    <span key={one}>
      {index > 0 && ' / '}
      <Kbd>{one}</Kbd>
    </span>
  ))
}

/** The keys of the app. */
export function ShortcutsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  const actions = menuSections.flatMap((section) => section.items)
  return (
    <Modal opened onClose={onClose} title={t('app:shortcuts.title')} size="md">
      <DialogText>
        <Table>
          <Table.Tbody>
            <Table.Tr>
              <Table.Th scope="row" fw={400}>
                {t('app:menuButton')}
              </Table.Th>
              <Table.Td ta="right">
                <Kbd>{menuKey}</Kbd>
              </Table.Td>
            </Table.Tr>
            {actions.map((action) => {
              const keys = action === 'separator' ? undefined : shortcuts[action]
              return keys && action !== 'separator' ? (
                <Table.Tr key={action}>
                  <Table.Th scope="row" fw={400}>
                    {t(`app:action.${action}`)}
                  </Table.Th>
                  <Table.Td ta="right">
                    <Keys keys={keys} />
                  </Table.Td>
                </Table.Tr>
              ) : null
            })}
          </Table.Tbody>
        </Table>
      </DialogText>
    </Modal>
  )
}
