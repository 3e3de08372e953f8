import { ActionIcon, Group, Menu, Switch } from '@mantine/core';
import { Check, EllipsisVertical } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { type Automatic, isPaused } from '../../contract/settings';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';
import { useNow } from '../ui/useNow';

const intervals = [0, 5, 15, 30, 60] as const;
const minuteMs = 60_000;

/** The switch for orders that go out by themselves, how often they do, and a pause that ends by itself. */
export function AutomaticControl({ automatic }: { automatic: Automatic }) {
  const { t } = useTranslation();
  const answer = useAnswer();
  const now = useNow(minuteMs / 4, automatic.pausedUntil !== null);
  const paused = isPaused(automatic, now);
  const set = (part: Partial<Automatic>) => void answer(call('app.setAutomatic', { ...automatic, ...part }));

  return (
    <Group gap={4} wrap="nowrap" align="flex-start" justify="space-between">
      <Switch
        size="sm"
        checked={automatic.on}
        onChange={(event) => set({ on: event.currentTarget.checked, pausedUntil: null })}
        label={t('common.automatic.label')}
        description={<Sentence automatic={automatic} paused={paused} />}
      />
      <Menu position="right-end" withArrow shadow="md">
        <Menu.Target>
          <ActionIcon variant="subtle" color="gray" size="sm" aria-label={t('common.automatic.menu')}>
            <EllipsisVertical size={16} aria-hidden />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Label>{t('common.automatic.often')}</Menu.Label>
          {intervals.map((minutes) => (
            <Menu.Item
              key={minutes}
              leftSection={<Mark shown={automatic.on && automatic.everyMinutes === minutes} />}
              onClick={() => set({ on: true, everyMinutes: minutes })}
            >
              {minutes === 0 ? t('common.automatic.once') : t('common.automatic.every', { count: minutes })}
            </Menu.Item>
          ))}
          <Menu.Divider />
          <Menu.Label>{t('common.automatic.pause')}</Menu.Label>
          {paused && (
            <Menu.Item onClick={() => set({ pausedUntil: null })}>{t('common.automatic.resume')}</Menu.Item>
          )}
          {[15, 60].map((minutes) => (
            <Menu.Item
              key={minutes}
              onClick={() => set({ on: true, pausedUntil: Date.now() + minutes * minuteMs })}
            >
              {t('common.automatic.pauseFor', { count: minutes })}
            </Menu.Item>
          ))}
          <Menu.Item onClick={() => set({ on: true, pausedUntil: tomorrowMorning() })}>
            {t('common.automatic.pauseTomorrow')}
          </Menu.Item>
        </Menu.Dropdown>
      </Menu>
    </Group>
  );
}

function Sentence({ automatic, paused }: { automatic: Automatic; paused: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (!automatic.on) return t('common.automatic.off');
  if (paused && automatic.pausedUntil !== null)
    return t('common.automatic.paused', { when: format.dateTime(automatic.pausedUntil) });
  return automatic.everyMinutes === 0
    ? t('common.automatic.on')
    : t('common.automatic.onEvery', { count: automatic.everyMinutes });
}

const Mark = ({ shown }: { shown: boolean }) =>
  shown ? <Check size={14} aria-hidden /> : <span style={{ display: 'inline-block', width: 14 }} />;

/** When the office opens again. */
function tomorrowMorning(): number {
  const date = new Date();
  date.setDate(date.getDate() + 1);
  date.setHours(8, 0, 0, 0);
  return date.getTime();
}
