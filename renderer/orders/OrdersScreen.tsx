import { Button, Chip, Group, Select, Skeleton, Stack, Tooltip } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { Inbox, RotateCw, SearchX, Send } from 'lucide-react';
import { useEffect, useState } from 'react';
import { useTranslation } from 'react-i18next';
import { useStatusState } from '../app/statusState';
import { EmptyNote } from '../ui/EmptyNote';
import { ProblemNote } from '../ui/ProblemNote';
import { ScreenHeader } from '../ui/ScreenHeader';
import { SearchBox } from '../ui/SearchBox';
import { useFormat } from '../ui/useFormat';
import { BulkBar } from './BulkBar';
import { OrderDrawer } from './OrderDrawer';
import { OrdersTable } from './OrdersTable';
import { stateFilters } from './orderStates';
import { useOrderActions } from './useOrderActions';
import { type OrdersQuery, useOrders } from './useOrders';

const sorts = ['newest', 'oldest', 'number', 'buyer', 'total'] as const;

/** All orders that have come in, where each stands, and what can be done about it. */
export function OrdersScreen(props: {
  openId: number | null;
  /** What someone came here to see. */
  startFilter: 'failed' | 'changed' | null;
  onOpen: (id: number | null) => void;
}) {
  const { t } = useTranslation();
  const format = useFormat();
  const counts = useStatusState((state) => state.status?.counts);
  const [filter, setFilter] = useState('all');
  const { startFilter } = props;
  useEffect(() => {
    if (startFilter !== null) setFilter(startFilter);
  }, [startFilter]);
  const [typed, setTyped] = useState('');
  const [search] = useDebouncedValue(typed, 200);
  const [sort, setSort] = useState<OrdersQuery['sort']>('newest');
  const [selected, setSelected] = useState<ReadonlySet<number>>(new Set());
  const states = stateFilters.find((one) => one.name === filter)?.states ?? [];
  const query = { states, changed: filter === 'changed', search, sort };
  const orders = useOrders(query);
  const { sendAll } = useOrderActions();

  const sum = (of: (typeof stateFilters)[number]['states']) =>
    counts === undefined
      ? 0
      : Object.entries(counts).reduce(
          (total, [state, count]) =>
            of.length === 0 || of.some((one) => one === state) ? total + count : total,
          0,
        );
  // Chips that would only say "0" make room, but the chosen one stays.
  const shownFilters = stateFilters.filter((one) => one.always || one.name === filter || sum(one.states) > 0);
  const pending = (counts?.pending ?? 0) + (counts?.retrying ?? 0);
  const failed = counts?.failed ?? 0;

  return (
    <Stack h="100%" gap="sm" p="lg">
      <ScreenHeader title={t('orders.title')} help={t('orders.help')}>
        <Tooltip label={t('orders.retryAllHelp')}>
          <Button
            variant="default"
            leftSection={<RotateCw size={16} aria-hidden />}
            disabled={failed === 0}
            onClick={() => void sendAll(['failed'])}
          >
            {t('orders.retryAll')}
          </Button>
        </Tooltip>
        <Tooltip label={t('orders.sendAllHelp')}>
          <Button
            leftSection={<Send size={16} aria-hidden />}
            disabled={pending === 0}
            onClick={() => void sendAll(['pending', 'retrying'])}
          >
            {t('orders.sendAll')}
          </Button>
        </Tooltip>
      </ScreenHeader>

      <Group justify="space-between" gap="sm">
        <Chip.Group value={filter} onChange={(value) => setFilter(String(value))}>
          <Group gap={6} wrap="nowrap" role="radiogroup" aria-label={t('orders.filterLabel')}>
            {shownFilters.map((one) => (
              <Chip key={one.name} value={one.name} size="xs" variant="light">
                {t(`orders.filter.${one.name}`)} · {format.count(sum(one.states))}
              </Chip>
            ))}
            {(orders.changed > 0 || filter === 'changed') && (
              <Chip value="changed" size="xs" variant="light" color="orange">
                {t('orders.filter.changed')} · {format.count(orders.changed)}
              </Chip>
            )}
          </Group>
        </Chip.Group>
        <Group gap="xs" wrap="nowrap">
          <SearchBox label={t('orders.search')} value={typed} onChange={setTyped} />
          <Select
            size="xs"
            w={132}
            aria-label={t('orders.sortLabel')}
            value={sort}
            onChange={(value) => setSort(sorts.find((one) => one === value) ?? 'newest')}
            data={sorts.map((value) => ({ value, label: t(`orders.sort.${value}`) }))}
          />
        </Group>
      </Group>

      {selected.size > 0 && <BulkBar ids={[...selected]} onClear={() => setSelected(new Set())} />}

      {orders.problem !== null && <ProblemNote problem={orders.problem} />}
      {orders.problem === null && orders.total === null && <Loading />}
      {orders.total === 0 && orders.problem === null && (
        <Nothing searching={search !== '' || filter !== 'all'} />
      )}
      {orders.total !== null && orders.total > 0 && (
        <OrdersTable
          listKey={JSON.stringify(query)}
          total={orders.total}
          rowAt={orders.rowAt}
          onVisible={orders.show}
          selected={selected}
          onSelect={setSelected}
          openId={props.openId}
          onOpen={props.onOpen}
        />
      )}
      <OrderDrawer id={props.openId} onClose={() => props.onOpen(null)} />
    </Stack>
  );
}

function Loading() {
  return (
    <Stack gap="xs" aria-busy>
      {[...'12345678'].map((row) => (
        <Skeleton key={row} height={36} />
      ))}
    </Stack>
  );
}

function Nothing({ searching }: { searching: boolean }) {
  const { t } = useTranslation();
  return searching ? (
    <EmptyNote icon={SearchX} title={t('orders.noMatch.title')} text={t('orders.noMatch.text')} />
  ) : (
    <EmptyNote icon={Inbox} title={t('orders.empty.title')} text={t('orders.empty.text')} />
  );
}
