import { Alert } from '@mantine/core'
import { IconAlertTriangle } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { TermText } from '../../ui/Term.tsx'

/** What macvtap cannot do, said before it is chosen; `wireless`: on a device of that kind. */
export function MacvtapNote({ wireless }: { readonly wireless: boolean }) {
  const { t } = useTranslation()
  return (
    <Alert color="orange" variant="light" icon={<IconAlertTriangle aria-hidden />} role="note">
      <TermText text={t('cards:source.macvtap')} />
      {wireless && <div>{t('cards:source.wirelessNote')}</div>}
    </Alert>
  )
}
