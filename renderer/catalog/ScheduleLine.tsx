import { Anchor, Group, Text } from '@mantine/core';
import { CalendarClock } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { ScheduleView } from '../../contract/catalogSchedule';
import { type Format, isSameDay } from '../ui/format';
import { useFormat } from '../ui/useFormat';

type Translate = ReturnType<typeof useTranslation>['t'];

/** When the next update begins by itself and what it writes, what keeps it waiting, and what the last one came to. */
export function ScheduleLine({ schedule, onSettings }: { schedule: ScheduleView; onSettings: () => void }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { last } = schedule;
  const sentences = [
    nextText(t, format, schedule),
    ...(last === null
      ? []
      : [t('catalog.schedule.last', { when: whenText(format, last.at), what: whatText(t, last.run) })]),
  ];
  return (
    <Group gap="xs" wrap="nowrap" align="center">
      <CalendarClock size={16} aria-hidden color="var(--mantine-color-dimmed)" style={{ flexShrink: 0 }} />
      <Text size="sm" c="dimmed">
        {sentences.join(' ')}{' '}
        <Anchor component="button" size="sm" onClick={onSettings}>
          {t(schedule.nextAt === null ? 'catalog.schedule.switchOn' : 'catalog.schedule.change')}
        </Anchor>
      </Text>
    </Group>
  );
}

function nextText(t: Translate, format: Format, { nextAt, part, waitsFor }: ScheduleView): string {
  if (nextAt === null) return t('catalog.schedule.off');
  const told = { when: whenText(format, nextAt), what: t(`catalog.what.${part}`) };
  return waitsFor === null ? t('catalog.schedule.next', told) : t(`catalog.schedule.waits.${waitsFor}`, told);
}

function whatText(t: Translate, run: NonNullable<ScheduleView['last']>['run']): string {
  if (run === null) return t('catalog.schedule.nothing');
  const { status } = run;
  if (status.state !== 'done') return t(`catalog.schedule.state.${status.state}`);
  if (status.applied + status.refused === 0) return t('catalog.schedule.nothing');
  return [
    t('catalog.schedule.updated', { count: status.applied }),
    ...(status.refused === 0 ? [] : [t('catalog.schedule.refused', { count: status.refused })]),
  ].join(', ');
}

/** The hour, with the day where it is not today's. */
const whenText = (format: Format, instant: number): string =>
  isSameDay(instant, Date.now()) ? format.hour(instant) : format.dateTime(instant);
