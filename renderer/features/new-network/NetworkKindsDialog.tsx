import { Modal, Stack, Table, Text } from '@mantine/core'
import { useTranslation } from 'react-i18next'
import { Term, terms } from '../../ui/Term.tsx'
import { choices, reachOfChoice } from './choices.ts'
import { KindDiagram } from './KindDiagram.tsx'
import { matrixColumns, reachText } from './words.ts'
import classes from './new-network.module.css'

/** Who reaches whom on a network of each kind, as the course's table has it. */
function Matrix() {
  const { t } = useTranslation()
  return (
    <div className={classes.matrix} tabIndex={0} role="region" aria-label={t('new-network:matrix.title')} data-autofocus>
      <Table horizontalSpacing={7} verticalSpacing={4} fz="sm">
        <caption className="visually-hidden">{t('new-network:matrix.title')}</caption>
        <Table.Thead>
          <Table.Tr>
            <Table.Th scope="col">{t('new-network:matrix.network')}</Table.Th>
            {matrixColumns.map((column) => (
              <Table.Th key={column} scope="col">
                {t(`new-network:help.reach.${column}`)}
              </Table.Th>
            ))}
          </Table.Tr>
        </Table.Thead>
        <Table.Tbody>
          {choices.map((choice) => {
            const reach = reachOfChoice(choice)
            return (
              <Table.Tr key={choice} data-choice={choice}>
                <Table.Th scope="row">
                  <span className={classes.rowName}>
                    <span className={classes.rowPicture}>
                      <KindDiagram choice={choice} decorative />
                    </span>
                    {t(`new-network:choice.${choice}.name`)}
                  </span>
                </Table.Th>
                {matrixColumns.map((column) => (
                  <Table.Td key={column} data-value={reach[column]}>
                    {reachText(t, reach, column)}
                  </Table.Td>
                ))}
              </Table.Tr>
            )
          })}
        </Table.Tbody>
      </Table>
    </div>
  )
}

/** "Kinds of networks": the whole matrix, and the words that it uses. */
export function NetworkKindsDialog({ onClose }: { readonly onClose: () => void }) {
  const { t } = useTranslation()
  return (
    <Modal opened onClose={onClose} title={t('new-network:matrix.title')} size="64rem">
      <Stack gap="md">
        <Matrix />
        <Text size="sm" component="div" className={classes.termLine}>
          {terms.map((id) => (
            <Term key={id} id={id} />
          ))}
        </Text>
      </Stack>
    </Modal>
  )
}
