import { Badge, Group, Loader, Paper, Stack, Table, Text } from '@mantine/core';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { Outgoing, OutgoingRecord } from '../../contract/export';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { ProblemNote } from '../ui/ProblemNote';

/** The very records that would go to the org now, or everything that stands in their way. */
export function OutgoingRecords({ id }: { id: number }) {
  const { t } = useTranslation();
  const [outgoing, setOutgoing] = useState<Outgoing | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);

  useEffect(() => {
    let current = true;
    void call('orders.outgoing', { id }).then((answer) => {
      if (!current) return;
      if (answer.ok) setOutgoing(answer.value);
      else setProblem(answer.problem);
    });
    return () => {
      current = false;
    };
  }, [id]);

  if (problem !== null) return <ProblemNote problem={problem} />;
  if (outgoing === null) return <Loader size="sm" />;
  if (outgoing.kind === 'blocked')
    return (
      <Stack gap="xs">
        <Text size="sm">{t('orders.outgoing.blocked')}</Text>
        {outgoing.problems.map((one) => (
          <ProblemNote key={JSON.stringify(one)} problem={one} />
        ))}
      </Stack>
    );
  return (
    <Stack gap="sm">
      <Text size="sm" c="dimmed">
        {t('orders.outgoing.ready')}
      </Text>
      {outgoing.records.map((record) => (
        <RecordCard key={JSON.stringify(record)} record={record} />
      ))}
    </Stack>
  );
}

function RecordCard({ record }: { record: OutgoingRecord }) {
  const { t } = useTranslation();
  return (
    <Paper withBorder radius="md" p="sm" data-selectable>
      <Group gap="xs" mb={4}>
        <Text fw={600} size="sm">
          {record.object}
        </Text>
        <Badge size="xs" variant="light">
          {t(`orders.outgoing.${record.action}`)}
        </Badge>
      </Group>
      <Table fz="xs" verticalSpacing={2} withRowBorders={false}>
        <Table.Tbody>
          {record.fields.map((field) => (
            <Table.Tr key={field.name}>
              <Table.Td w={210} c="dimmed">
                {field.name}
              </Table.Td>
              <Table.Td style={{ overflowWrap: 'anywhere' }}>{field.value}</Table.Td>
            </Table.Tr>
          ))}
        </Table.Tbody>
      </Table>
    </Paper>
  );
}
