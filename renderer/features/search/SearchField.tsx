import { CloseButton, TextInput } from '@mantine/core'
import { IconSearch } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { useAppStore } from '../../stores/app-store.ts'
import classes from './search.module.css'

/** The header's search: filters the list of the page as it is typed; Escape empties it. */
export function SearchField({ id }: { readonly id: string }) {
  const { t } = useTranslation()
  const search = useAppStore((state) => state.search)
  const setSearch = useAppStore((state) => state.setSearch)
  return (
    <TextInput
      id={id}
      type="search"
      className={classes.field}
      aria-label={t('app:search')}
      placeholder={t('app:search')}
      value={search}
      leftSection={<IconSearch size={16} aria-hidden />}
      rightSection={search && <CloseButton size="sm" aria-label={t('app:clearSearch')} onClick={() => setSearch('')} />}
      onChange={(event) => setSearch(event.currentTarget.value)}
      onKeyDown={(event) => event.key === 'Escape' && setSearch('')}
    />
  )
}
