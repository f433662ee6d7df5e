import { Modal } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { DialogText } from '../../ui/DialogText.tsx'
import { JobList } from './JobList.tsx'

/** The same list from the menu. */
export function JobsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('jobs:title')}>
      <DialogText>
        <JobList onLeave={onClose} />
      </DialogText>
    </Modal>
  )
}
