import { Stack, Text, Title } from '@mantine/core'
import type { ReactNode } from 'react'
import classes from './empty-state.module.css'

interface Props {
  readonly icon?: ReactNode
  readonly title: string
  /** What this is, and what to do. */
  readonly text?: ReactNode
  /** Buttons. */
  readonly children?: ReactNode
}

/** What a page says where it has nothing to list. */
export function EmptyState({ icon, title, text, children }: Props) {
  return (
    <Stack className={classes.root} align="center" gap="sm">
      {icon && (
        <div className={classes.icon} aria-hidden>
          {icon}
        </div>
      )}
      <Title order={2} size="h4">
        {title}
      </Title>
      {text && (
        <Text component="div" className={classes.text}>
          {text}
        </Text>
      )}
      {children}
    </Stack>
  )
}
