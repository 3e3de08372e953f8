import { Stack, Table, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { Decimal } from '../../../contract/decimal';
import type { PreviewLine, RulesPreview } from '../../../contract/rulesView';
import { ProblemNote } from '../../ui/ProblemNote';
import { useFormat } from '../../ui/useFormat';

type Shown = Extract<RulesPreview, { kind: 'preview' }>;

/** A sample order as the store has it, and what the org would get of it under the rules on the screen. */
export function PreviewNote({ preview }: { preview: RulesPreview | null }) {
  const { t } = useTranslation();
  return (
    <Stack gap="sm" aria-live="polite">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('rules.preview.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('rules.preview.help')}
        </Text>
      </Stack>
      {preview?.kind === 'blocked' &&
        preview.problems.map((problem) => <ProblemNote key={problem.code} problem={problem} />)}
      {preview?.kind === 'preview' && (
        <>
          <StoreSide {...preview} />
          <OrgSide {...preview} />
        </>
      )}
    </Stack>
  );
}

function StoreSide({ store, currency }: Shown) {
  const { t } = useTranslation();
  return (
    <Side title={t('rules.preview.store')} lines={store.lines} currency={currency}>
      {store.charges.map(({ charge, amount }) => (
        <Amount
          key={charge}
          name={t(`rules.charge.${charge}.name`)}
          value={amount}
          currency={currency}
          less={charge === 'discount'}
        />
      ))}
      <Amount name={t('rules.preview.total')} value={store.total} currency={currency} strong />
    </Side>
  );
}

function OrgSide({ org, currency }: Shown) {
  const { t } = useTranslation();
  return (
    <Side title={t('rules.preview.org')} lines={org.lines} currency={currency}>
      <Amount name={t('rules.preview.linesTotal')} value={org.linesTotal} currency={currency} strong />
      {org.fields.map(({ charge, amount }) => (
        <Amount
          key={charge}
          name={t('rules.preview.field', { charge: t(`rules.charge.${charge}.name`) })}
          value={amount}
          currency={currency}
          less={charge === 'discount'}
        />
      ))}
      {org.leftOut.map(({ kind, amount }) => (
        <Amount
          key={kind}
          name={t(`rules.preview.leftOut.${kind}`)}
          value={amount}
          currency={currency}
          faint
        />
      ))}
      <Amount name={t('rules.preview.storeTotal')} value={org.storeTotal} currency={currency} strong />
    </Side>
  );
}

function Side(props: {
  title: string;
  lines: readonly PreviewLine[];
  currency: string;
  children: React.ReactNode;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  return (
    <Table verticalSpacing={3} fz="xs" withTableBorder aria-label={props.title}>
      <Table.Thead>
        <Table.Tr>
          <Table.Th>{props.title}</Table.Th>
          <Table.Th ta="right">{t('rules.preview.quantity')}</Table.Th>
          <Table.Th ta="right">{t('rules.preview.price')}</Table.Th>
          <Table.Th ta="right">{t('rules.preview.amount')}</Table.Th>
        </Table.Tr>
      </Table.Thead>
      <Table.Tbody>
        {props.lines.map((line, index) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: the two halves of a line have nothing else of their own
          <Table.Tr key={index}>
            <Table.Td>
              {line.charge === null ? line.name : `${t(`rules.charge.${line.charge}.name`)} · ${line.sku}`}
              {line.discountPercent !== '0' && ` (−${format.decimal(line.discountPercent)} %)`}
            </Table.Td>
            <Table.Td ta="right">{format.decimal(line.quantity)}</Table.Td>
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
              {format.amount(line.unitPrice, props.currency)}
            </Table.Td>
            <Table.Td ta="right" style={{ whiteSpace: 'nowrap' }}>
              {format.amount(line.total, props.currency)}
            </Table.Td>
          </Table.Tr>
        ))}
        {props.children}
      </Table.Tbody>
    </Table>
  );
}

function Amount(props: {
  name: string;
  value: Decimal;
  currency: string;
  strong?: boolean;
  less?: boolean;
  faint?: boolean;
}) {
  const format = useFormat();
  const style = { fontWeight: props.strong === true ? 600 : 400 };
  const color = props.faint === true ? 'dimmed' : '';
  return (
    <Table.Tr>
      <Table.Td colSpan={3} style={style} c={color}>
        {props.name}
      </Table.Td>
      <Table.Td ta="right" style={{ ...style, whiteSpace: 'nowrap' }} c={color}>
        {props.less === true && '−'}
        {format.amount(props.value, props.currency)}
      </Table.Td>
    </Table.Tr>
  );
}
