import {
  Badge,
  CloseButton,
  Drawer,
  Group,
  Loader,
  ScrollArea,
  Stack,
  Tabs,
  Text,
  Title,
} from '@mantine/core';
import { useCallback, useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { OrderDetail } from '../../contract/export';
import type { Problem } from '../../contract/problem';
import { call } from '../bridge/bridge';
import { useEvent } from '../bridge/useEvent';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { Attempts } from './Attempts';
import { DifferencePanel } from './DifferencePanel';
import { OrderActionsBar } from './OrderActionsBar';
import { OrderContents } from './OrderContents';
import { OutgoingRecords } from './OutgoingRecords';
import { StateBadge } from './StateBadge';
import { StateNote } from './StateNote';

/** One order in full: what the buyer confirmed, where it stands, what would be sent, and every attempt. */
export function OrderDrawer({ id, onClose }: { id: number | null; onClose: () => void }) {
  const { detail, problem } = useDetail(id);
  return (
    <Drawer.Root opened={id !== null} onClose={onClose} position="right" size={620}>
      <Drawer.Overlay backgroundOpacity={0.25} />
      <Drawer.Content>
        {detail !== null && detail.id === id && <Contents detail={detail} onClose={onClose} />}
        {problem !== null && <ProblemNote problem={problem} />}
        {detail === null && problem === null && <Loader m="xl" />}
      </Drawer.Content>
    </Drawer.Root>
  );
}

function Contents({ detail, onClose }: { detail: OrderDetail; onClose: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { order } = detail;
  return (
    <Stack h="100vh" gap={0}>
      <Stack gap="sm" p="lg" pb="sm">
        <Group justify="space-between" wrap="nowrap" align="flex-start">
          <Stack gap={4} miw={0}>
            <Group gap="sm" wrap="nowrap">
              <Drawer.Title>
                <Title order={2} size="h4" component="span" data-selectable>
                  {t('orders.detail.title', { number: detail.number })}
                </Title>
              </Drawer.Title>
              <StateBadge state={detail.status.state} />
            </Group>
            <Text size="sm" c="dimmed" truncate>
              {detail.buyerName}
              {detail.confirmedAt !== null && ` · ${format.dateTime(detail.confirmedAt)}`}
              {detail.fileName !== null && ` · ${detail.fileName}`}
            </Text>
          </Stack>
          <Group gap="sm" wrap="nowrap">
            {detail.total !== null && detail.currency !== null && (
              <Text fw={700} size="lg" style={{ whiteSpace: 'nowrap' }}>
                {format.amount(detail.total, detail.currency)}
              </Text>
            )}
            <CloseButton aria-label={t('common.close')} onClick={onClose} />
          </Group>
        </Group>
        <StateNote detail={detail} />
        {detail.difference !== null && (
          <DifferencePanel id={detail.id} change={detail.difference} currency={detail.currency} />
        )}
        <OrderActionsBar detail={detail} />
      </Stack>
      <Tabs
        defaultValue="order"
        keepMounted={false}
        style={{ flex: 1, minHeight: 0 }}
        display="flex"
        flex={1}
      >
        <Stack gap={0} flex={1} mih={0} miw={0}>
          <Tabs.List px="lg">
            <Tabs.Tab value="order">{t('orders.detail.order')}</Tabs.Tab>
            <Tabs.Tab value="outgoing" disabled={order === null}>
              {t('orders.detail.outgoing')}
            </Tabs.Tab>
            <Tabs.Tab
              value="attempts"
              rightSection={
                <Badge size="xs" variant="light" circle>
                  {detail.attempts.length}
                </Badge>
              }
            >
              {t('orders.detail.attempts')}
            </Tabs.Tab>
          </Tabs.List>
          <ScrollArea flex={1} mih={0} type="auto" px="lg" py="md">
            <Tabs.Panel value="order">
              <OrderContents detail={detail} />
            </Tabs.Panel>
            <Tabs.Panel value="outgoing">
              <OutgoingRecords id={detail.id} />
            </Tabs.Panel>
            <Tabs.Panel value="attempts">
              <Attempts attempts={detail.attempts} />
            </Tabs.Panel>
          </ScrollArea>
        </Stack>
      </Tabs>
    </Stack>
  );
}

/** The order, fetched again whenever it changes. */
function useDetail(id: number | null) {
  const [detail, setDetail] = useState<OrderDetail | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  const load = useCallback(async () => {
    if (id === null) return;
    const answer = await call('orders.get', { id });
    setDetail(answer.ok ? answer.value : null);
    setProblem(answer.ok ? null : answer.problem);
  }, [id]);
  useEffect(() => void load(), [load]);
  useEvent('orders.changed', ({ ids }) => {
    if (id !== null && (ids === null || ids.includes(id))) void load();
  });
  return { detail, problem };
}
