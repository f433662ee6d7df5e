import { useTranslation } from 'react-i18next'
import type { Reach } from '../../../shared/model/reach.ts'
import { choiceOf } from './choices.ts'
import { at, FieldFindings } from './FieldFindings.tsx'
import type { FieldsProps } from './fields.ts'
import { HelpCard } from './HelpCard.tsx'
import { KindDiagram } from './KindDiagram.tsx'
import { MoreFields } from './MoreFields.tsx'
import { PublicFields } from './PublicFields.tsx'
import { SubnetFields } from './SubnetFields.tsx'
import classes from './new-network.module.css'

/** The chosen kind, drawn, with its effect in a line. */
function ChosenKind({ state }: Pick<FieldsProps, 'state'>) {
  const { t } = useTranslation()
  const choice = choiceOf(state.form.plan)
  return (
    <div className={classes.chosen}>
      <span className={classes.chosenPicture}>
        <KindDiagram choice={choice} />
      </span>
      <div>
        <h3 className={classes.chosenName}>{t(`new-network:choice.${choice}.name`)}</h3>
        <p className={classes.sentence}>{t(`new-network:choice.${choice}.effect`)}</p>
        <FieldFindings findings={at(state.findings, 'kind')} />
      </div>
    </div>
  )
}

interface Props extends FieldsProps {
  readonly editing: boolean
  /** The field of the name, where there is one. */
  readonly name?: React.ReactNode
  /** Whether machines reach each other, of a network that keeps them apart. */
  readonly machines?: Reach
}

/** The chosen kind and its fields: few, the rest folded; then what the network can do. */
export function FormFields({ state, host, editing, name, machines }: Props) {
  const { plan } = state.form
  return (
    <>
      <ChosenKind state={state} />
      {name}
      <PublicFields state={state} host={host} />
      <SubnetFields state={state} family="ipv4" first={editing} />
      <MoreFields state={state} host={host} editing={editing} />
      <HelpCard plan={plan} machines={machines} />
    </>
  )
}
