import { useTranslation } from 'react-i18next'
import type { PortForwards } from '../../../../shared/model/card.ts'
import { loginOf, sshCommand, sshPlace } from '../../../../shared/model/card-address.ts'
import type { DomainDetails } from '../../../../shared/model/domain.ts'
import type { Network } from '../../../../shared/model/network.ts'
import { useConnection } from '../../../stores/app-store.ts'
import { CopyButton } from '../../../ui/CopyButton.tsx'

interface Props {
  readonly details: DomainDetails
  readonly networks: readonly Network[]
  readonly ports: readonly PortForwards[]
}

/** The command that logs in, where the machine can be reached. */
export function CopySsh({ details, networks, ports }: Props) {
  const { t } = useTranslation()
  const remote = useConnection(details.connection)?.kind === 'remote'
  const place = sshPlace(details, networks, ports)
  // addresses and ports of another computer's networks lead nowhere here
  if (!place || remote) return null
  const user = loginOf((details.config ?? details.live)?.login ?? null, details.osId) ?? t('cards:ssh.user')
  return <CopyButton variant="default" text={sshCommand(place, user)} label={t('cards:ssh.copy')} />
}
