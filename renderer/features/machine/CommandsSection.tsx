import { Code, Group } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { useConnection } from '../../stores/app-store.ts'
import { CopyButton } from '../../ui/CopyButton.tsx'
import { Section } from '../../ui/Section.tsx'
import type { DomainSummary } from '../../../shared/model/domain.ts'
import { copiedCommands, domainCommand } from '../machines/index.ts'
import classes from './machine.module.css'

/** The virsh commands that show what this page shows, to copy (S0.20). */
export function CommandsSection({ domain }: { readonly domain: DomainSummary }) {
  const { t } = useTranslation()
  const uri = useConnection(domain.connection)?.uri ?? ''
  return (
    <Section title={t('machine:commands.title')}>
      <ul className={classes.commands}>
        {copiedCommands.map((command) => {
          const line = domainCommand(command, uri, domain)
          return (
            <li key={command}>
              <Group gap="xs" wrap="nowrap">
                <Code className={classes.command}>{line}</Code>
                <CopyButton compact text={line} label={`${t('machine:commands.copy')}: ${command}`} />
              </Group>
            </li>
          )
        })}
      </ul>
    </Section>
  )
}
