import { useId } from 'react'
import { useTranslation } from 'react-i18next'
import { reachOf, type Reach } from '../../../shared/model/reach.ts'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import { TermText } from '../../ui/Term.tsx'
import { choiceOf, handsOut, type Choice } from './choices.ts'
import { matrixColumns, reachText } from './words.ts'
import classes from './new-network.module.css'

const natFacts = ['private', 'gateway', 'router', 'dhcp', 'dns'] as const

/** What a kind is and needs from outside, in sentences in which the words of the field explain themselves. */
function useSentences(choice: Choice): readonly string[] {
  const { t } = useTranslation()
  switch (choice) {
    case 'nat':
      return natFacts.map((fact) => t(`new-network:help.nat.${fact}`))
    case 'isolated-dhcp':
      return [t('new-network:help.isolated')]
    case 'isolated':
      return [t('new-network:help.isolated'), t('new-network:help.byHand')]
    default:
      return [t(`new-network:help.${choice}`)]
  }
}

/** The row of the matrix for the network as it is planned, and what its kind needs. */
export function HelpCard({ plan, machines = 'yes' }: { readonly plan: Pick<NetworkPlan, 'kind' | 'ipv4' | 'ipv6'>; readonly machines?: Reach | undefined }) {
  const { t } = useTranslation()
  const id = useId()
  const reach = reachOf(plan.kind, { dhcp: handsOut(plan), machines })
  const sentences = useSentences(choiceOf(plan))
  return (
    <section className={classes.help} aria-labelledby={id}>
      <h3 id={id} className={classes.helpTitle}>
        {t('new-network:help.title')}
      </h3>
      {reach && (
        <dl className={classes.reach}>
          {matrixColumns.map((column) => (
            <div key={column} data-column={column} data-value={reach[column]}>
              <dt>{t(`new-network:help.reach.${column}`)}</dt>
              <dd>{reachText(t, reach, column)}</dd>
            </div>
          ))}
        </dl>
      )}
      <ul className={classes.sentences}>
        {sentences.map((sentence) => (
          <li key={sentence}>
            <TermText text={sentence} />
          </li>
        ))}
      </ul>
    </section>
  )
}
