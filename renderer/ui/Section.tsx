import { Group, Title } from '@mantine/core'
import type { ReactNode } from 'react'

interface Props {
  readonly title: string
  /** After the title. */
  readonly badge?: ReactNode
  /** At the right side. */
  readonly actions?: ReactNode
  /** Without: the heading of all that follows, and larger. */
  readonly children?: ReactNode
}

/** A part of a page under its own heading. */
export function Section({ title, badge, actions, children }: Props) {
  return (
    <section>
      <Group justify="space-between" gap="xs" mb={children === undefined ? 0 : 8} mih={34}>
        <Group gap="xs">
          <Title order={2} size={children === undefined ? 'h2' : 'h3'}>
            {title}
          </Title>
          {badge}
        </Group>
        {actions && <Group gap="xs">{actions}</Group>}
      </Group>
      {children}
    </section>
  )
}
