import { MantineProvider } from '@mantine/core'
import { Notifications } from '@mantine/notifications'
import { useEffect, useMemo, useSyncExternalStore } from 'react'
import { useTranslation } from 'react-i18next'
import { Router } from 'wouter'
import { useAppStore } from '../stores/app-store.ts'
import { chooseLanguage } from './i18n.ts'
import { Shell } from './Shell.tsx'
import { makeTheme } from './theme.ts'
import { useAddress } from './use-address.ts'
import { useLeaving } from './use-leaving.ts'
import { useSettingsWarning } from './use-settings-warning.ts'

const darkWish = window.matchMedia('(prefers-color-scheme: dark)')

function onDarkWish(listener: () => void): () => void {
  darkWish.addEventListener('change', listener)
  return () => darkWish.removeEventListener('change', listener)
}

/** Words, colours and address around the shell. */
export function App({ failure }: { readonly failure: unknown }) {
  const { t } = useTranslation()
  const { language, theme } = useAppStore((state) => state.settings)
  const info = useAppStore((state) => state.info)
  const systemIsDark = useSyncExternalStore(onDarkWish, () => darkWish.matches)
  const scheme = theme === 'system' ? (systemIsDark ? 'dark' : 'light') : theme
  useEffect(() => {
    if (info) chooseLanguage(language, info.systemLanguage)
  }, [language, info])
  useLeaving()
  useSettingsWarning()
  const closeLabel = t('close')
  const look = useMemo(() => makeTheme(closeLabel), [closeLabel])
  return (
    <MantineProvider theme={look} forceColorScheme={scheme}>
      <Notifications position="bottom-right" limit={4} containerWidth={400} notificationMaxHeight={600} />
      <Router hook={useAddress}>
        <Shell failure={failure} />
      </Router>
    </MantineProvider>
  )
}
