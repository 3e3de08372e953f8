import { Anchor, Button, Checkbox, Group, Stack, Text } from '@mantine/core';
import {
  ChevronDown,
  ChevronRight,
  CircleAlert,
  Info,
  type LucideIcon,
  RotateCw,
  TriangleAlert,
} from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { LogEntry, LogLine } from '../../contract/status';
import { useOrderActions } from '../orders/useOrderActions';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';
import { useProblemText } from '../ui/useProblem';
import classes from './LogTable.module.css';
import { logSentence } from './sentence';

const looks: Record<LogEntry['level'], { icon: LucideIcon; color: string }> = {
  info: { icon: Info, color: 'dimmed' },
  warning: { icon: TriangleAlert, color: 'yellow.9' },
  error: { icon: CircleAlert, color: 'red' },
};

export interface LogCellsProps {
  entry: LogLine;
  today: string;
  open: boolean;
  onToggle: () => void;
  onOpenOrder: (id: number) => void;
  marked: boolean;
  onMark: (orderId: number) => void;
}

/** One entry: how serious, when, what happened, and the order it is about. */
export function LogCells(props: LogCellsProps) {
  const { entry, today, open, onToggle, onOpenOrder } = props;
  const { t } = useTranslation();
  const format = useFormat();
  const { icon: Icon, color } = looks[entry.level];
  const { orderId } = entry;
  const recent = new Date(entry.at).toDateString() === today;
  const name = useOrderName()(entry);
  const { sendNow } = useOrderActions();
  const retriable = canBeRetried(entry);
  return (
    <>
      <div role="cell">
        {retriable && orderId !== null && (
          <Checkbox
            size="xs"
            aria-label={t('log.retry.select', { order: name })}
            checked={props.marked}
            onChange={() => props.onMark(orderId)}
          />
        )}
      </div>
      <Group role="cell" gap={6} wrap="nowrap">
        <Text component="span" c={color} lh={0}>
          <Icon size={16} aria-hidden />
        </Text>
        <Text size="sm" c={entry.level === 'info' ? 'dimmed' : 'bright'}>
          {t(`log.level.${entry.level}`)}
        </Text>
      </Group>
      <Text role="cell" size="sm" c="dimmed" title={format.exact(entry.at)}>
        {recent ? format.time(entry.at) : format.dateTime(entry.at)}
      </Text>
      <Stack role="cell" gap={2} className={classes['sentence']}>
        <Sentence entry={entry} />
        {entry.problem !== null && (
          <>
            <ProblemLine problem={entry.problem} open={open} onToggle={onToggle} />
            {open && <ProblemNote problem={entry.problem} color={noteColors[entry.level]} />}
          </>
        )}
      </Stack>
      <Stack role="cell" gap={2} align="flex-start">
        {orderId !== null && (
          <Button
            size="compact-xs"
            variant="subtle"
            ml={-8}
            onClick={() => onOpenOrder(orderId)}
            aria-label={t('log.openOrderLabel', { number: entry.params['number'] ?? '' })}
          >
            {t('log.openOrder')}
          </Button>
        )}
        {retriable && orderId !== null && (
          <Button
            size="compact-xs"
            variant="light"
            leftSection={<RotateCw size={12} aria-hidden />}
            onClick={() => void sendNow([orderId])}
            aria-label={t('log.retry.retryLabel', { order: name })}
          >
            {t('log.retry.retry')}
          </Button>
        )}
        {entry.level === 'error' && entry.orderState !== null && entry.orderState !== 'failed' && (
          <Text size="xs" c="dimmed">
            {t('log.retry.now', { state: t(`orders.state.${entry.orderState}`) })}
          </Text>
        )}
      </Stack>
    </>
  );
}

const noteColors = { info: 'gray', warning: 'yellow', error: 'red' } as const;

/** Entries that tell of trouble with an order that a try could still mend. */
const canBeRetried = ({ level, orderState }: LogLine): boolean =>
  level !== 'info' && (orderState === 'failed' || orderState === 'retrying');

/** What to call an entry's order; one that could not be read may have no number. */
function useOrderName(): (entry: LogEntry) => string {
  const { t } = useTranslation();
  return ({ params: { number } }) =>
    number === undefined || number === '?' ? t('log.noNumber') : t('log.number', { number });
}

function Sentence({ entry }: { entry: LogEntry }) {
  const { t } = useTranslation();
  const order = useOrderName()(entry);
  return (
    <Text size="sm" fw={entry.level === 'info' ? 400 : 600} data-selectable>
      {logSentence(t, entry, order)}
    </Text>
  );
}

function ProblemLine(props: {
  problem: NonNullable<LogEntry['problem']>;
  open: boolean;
  onToggle: () => void;
}) {
  const { t } = useTranslation();
  const { title } = useProblemText()(props.problem);
  const Chevron = props.open ? ChevronDown : ChevronRight;
  return (
    <Anchor
      component="button"
      type="button"
      ta="start"
      size="sm"
      aria-expanded={props.open}
      onClick={props.onToggle}
      underline="hover"
      c="dimmed"
    >
      <Group component="span" gap={4} wrap="nowrap" align="center">
        <Chevron size={14} aria-hidden style={{ flex: 'none' }} />
        <Text span inherit lineClamp={2}>
          {props.open ? t('log.hideProblem') : title}
        </Text>
      </Group>
    </Anchor>
  );
}
