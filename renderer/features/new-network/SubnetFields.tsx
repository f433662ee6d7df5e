import { ActionIcon, Anchor, Group, Switch, TextInput } from '@mantine/core'
import { IconX } from '@tabler/icons-react'
import { useTranslation } from 'react-i18next'
import { parseSubnet, type Family } from '../../../shared/lib/subnets.ts'
import { gatewayOf } from '../../../shared/model/network-proposal.ts'
import type { DhcpRange } from '../../../shared/model/network.ts'
import type { NetworkPlan } from '../../../shared/model/network-plan.ts'
import { Term } from '../../ui/Term.tsx'
import { at, described, FieldFindings } from './FieldFindings.tsx'
import { plainText, type FieldsProps } from './fields.ts'
import classes from './new-network.module.css'

/** The address that the host gets, in words, once the subnet is one. */
function useHostHint(plan: NetworkPlan, family: Family): string | null {
  const { t } = useTranslation()
  const subnet = plan[family]
  const parsed = subnet && parseSubnet(subnet.cidr.trim())
  if (!subnet || parsed?.family !== family) return null
  const address = subnet.gateway ?? gatewayOf(parsed)
  return plan.kind === 'isolated' ? t('new-network:field.hostHint', { address }) : t('new-network:field.gatewayHint', { address })
}

const ends = ['start', 'end'] as const

/** From where to where DHCP hands out; a second range is rare, and a click away in the rest of the form. */
function Ranges({ state, family }: Pick<FieldsProps, 'state'> & { readonly family: Family }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const ranges = form.plan[family]?.dhcp?.ranges ?? []
  const set = (next: readonly DhcpRange[]): void => dispatch({ kind: 'ranges', family, ranges: next })
  const change = (index: number, patch: Partial<DhcpRange>): void => set(ranges.map((one, own) => (own === index ? { ...one, ...patch } : one)))
  return (
    <div className={classes.ranges}>
      {ranges.map((range, index) => (
        // A range has no name of its own: its place is what it is known by.
        <div key={index}>
          <Group gap="sm" wrap="nowrap" align="flex-start">
            {ends.map((end) => (
              <TextInput
                key={end}
                {...plainText}
                className={classes.grow}
                label={t(end === 'start' ? 'new-network:field.from' : 'new-network:field.to')}
                value={range[end]}
                {...described(at(findings, `${family}.ranges.${index}.${end}`))}
                onChange={(event) => change(index, { [end]: event.currentTarget.value })}
              />
            ))}
            {ranges.length > 1 && (
              <ActionIcon
                variant="subtle"
                color="gray"
                className={classes.beside}
                aria-label={t('new-network:field.removeRange')}
                onClick={() => set(ranges.filter((_, own) => own !== index))}
              >
                <IconX size={16} aria-hidden />
              </ActionIcon>
            )}
          </Group>
          <FieldFindings findings={at(findings, `${family}.ranges.${index}`)} />
        </div>
      ))}
      <FieldFindings findings={at(findings, `${family}.ranges`, `${family}.dhcp`)} />
      <Anchor component="button" type="button" size="sm" className={classes.start} onClick={() => set([...ranges, { start: '', end: '' }])}>
        {t('new-network:field.addRange')}
      </Anchor>
    </div>
  )
}

/** A subnet, and whether and from where to where its addresses are handed out. */
export function SubnetFields({ state, family, first = false }: Pick<FieldsProps, 'state'> & { readonly family: Family; readonly first?: boolean }) {
  const { t } = useTranslation()
  const { form, dispatch, findings } = state
  const subnet = form.plan[family]
  const hint = useHostHint(form.plan, family)
  if (!subnet) return null
  const dhcp = t(family === 'ipv4' ? 'new-network:field.dhcp' : 'new-network:field.dhcp6')
  return (
    <>
      <TextInput
        {...plainText}
        data-autofocus={first || undefined}
        label={t(`new-network:field.${family}`)}
        value={subnet.cidr}
        {...described(at(findings, `${family}.cidr`, family), hint)}
        onChange={(event) => dispatch({ kind: 'cidr', family, cidr: event.currentTarget.value })}
      />
      <Group gap={6}>
        <Switch
          label={dhcp}
          checked={subnet.dhcp !== null}
          onChange={(event) => dispatch({ kind: 'dhcp', family, on: event.currentTarget.checked })}
        />
        <span>
          (<Term id="dhcp" />)
        </span>
      </Group>
      {subnet.dhcp && <Ranges state={state} family={family} />}
    </>
  )
}
