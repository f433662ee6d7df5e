import { Alert, List } from '@mantine/core'
import { IconInfoCircle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'

/** What SLIRP (or passt) gives, what it cannot, and what to do about that. https://wiki.qemu.org/Documentation/Networking#User_Networking_(SLIRP) */
export function UserModeNote({ passt }: { readonly passt: boolean }) {
  const { t } = useTranslation()
  return (
    <Alert variant="light" color="blue" icon={<IconInfoCircle aria-hidden />} title={t('cards:user.title')}>
      <List size="sm" spacing={2}>
        <List.Item>{t(passt ? 'cards:user.passtOut' : 'cards:user.out')}</List.Item>
        <List.Item>{t('cards:user.in')}</List.Item>
        {!passt && <List.Item>{t('cards:user.fixed')}</List.Item>}
        <List.Item>
          {!passt && t('cards:user.slow')} {t('cards:user.system')}
        </List.Item>
      </List>
    </Alert>
  )
}
