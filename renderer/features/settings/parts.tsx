import { Title } from '@mantine/core'
import type { ReactNode } from 'react'
import type { Input } from '../../../shared/contract/index.ts'
import type { Settings } from '../../../shared/model/settings.ts'
import { call } from '../../api/client.ts'
import { appStore } from '../../stores/app-store.ts'
import { showError } from '../../ui/notices.tsx'
import classes from './settings.module.css'

/** Keeps a change, which holds at once, so that the next one starts from it; taken back where it could not be kept. */
export async function change(wish: Input<'settings.update'>): Promise<void> {
  const before = appStore.getState().settings
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined)) as Partial<Settings>
  appStore.setState({ settings: { ...before, ...given } })
  try {
    appStore.setState({ settings: await call('settings.update', wish) })
  } catch (error) {
    appStore.setState({ settings: before })
    showError(error)
  }
}

/** A group of settings with its heading, in a card. */
export function Group({ title, children }: { readonly title: string; readonly children: ReactNode }) {
  return (
    <section className={classes.group}>
      <Title order={2} size="h3">
        {title}
      </Title>
      <div className={classes.card}>{children}</div>
    </section>
  )
}
