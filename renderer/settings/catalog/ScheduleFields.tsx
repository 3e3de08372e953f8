import { Checkbox, Select, SimpleGrid, Stack, Switch, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { scheduleMinutes } from '../../../contract/catalogRules';
import { PartField } from '../../catalog/PartField';
import type { Format } from '../../ui/format';
import { useFormat } from '../../ui/useFormat';
import { useFieldError } from '../useFieldError';
import type { OpenCatalogRules } from './useCatalogRules';

const minuteMs = 60_000;
const dayMinutes = 1440;
/** A day with more updates than this is not told hour by hour. */
const mostHours = 8;

/** Updates that begin by themselves: whether, what they write, how often, and how much they do without asking. */
export function ScheduleFields({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const format = useFormat();
  const fieldError = useFieldError(form);
  const { schedule } = form.draft;
  const hours = hoursOf(schedule.everyMinutes, format);

  return (
    <Stack gap="sm">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('catalogRules.schedule.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('catalogRules.schedule.help')}
        </Text>
      </Stack>
      <Switch
        label={t('catalogRules.schedule.on')}
        checked={schedule.on}
        onChange={(event) => form.set('schedule', { on: event.currentTarget.checked })}
      />
      {schedule.on && (
        <PartField
          value={schedule.part}
          onChange={(part) => form.set('schedule', { part })}
          help={schedule.part === 'both' ? undefined : t(`catalogRules.schedule.partHelp.${schedule.part}`)}
        />
      )}
      <SimpleGrid cols={2} spacing="md">
        {schedule.on && (
          <Select
            label={t('catalogRules.schedule.every')}
            description={hours === null ? undefined : t('catalogRules.schedule.hours', { hours })}
            inputWrapperOrder={['label', 'input', 'description', 'error']}
            allowDeselect={false}
            data={scheduleMinutes.map((minutes) => ({
              value: String(minutes),
              label: everyText(t, minutes),
            }))}
            value={String(schedule.everyMinutes)}
            onChange={(value) => form.set('schedule', { everyMinutes: Number(value ?? '60') })}
          />
        )}
        <TextInput
          label={t('catalogRules.schedule.fullEveryHours')}
          description={t('catalogRules.schedule.fullEveryHoursHelp')}
          inputWrapperOrder={['label', 'input', 'description', 'error']}
          inputMode="numeric"
          maxLength={3}
          withAsterisk
          rightSection={
            <Text size="sm" c="dimmed">
              h
            </Text>
          }
          value={schedule.fullEveryHours}
          error={fieldError('schedule.fullEveryHours')}
          onChange={(event) => form.set('schedule', { fullEveryHours: event.currentTarget.value })}
        />
      </SimpleGrid>
      {schedule.on && (
        <Checkbox
          label={t('catalogRules.schedule.dryRun')}
          description={t('catalogRules.schedule.dryRunHelp')}
          checked={schedule.dryRun}
          onChange={(event) => form.set('schedule', { dryRun: event.currentTarget.checked })}
        />
      )}
    </Stack>
  );
}

function everyText(t: ReturnType<typeof useTranslation>['t'], minutes: number): string {
  if (minutes < 60) return t('catalogRules.schedule.minutes', { count: minutes });
  if (minutes === dayMinutes) return t('catalogRules.schedule.day');
  return t('catalogRules.schedule.hoursEvery', { count: minutes / 60 });
}

/** The hours of this computer's day at which the slots begin, which are counted in UTC; null where there are many. */
function hoursOf(everyMinutes: number, format: Format): string | null {
  const count = dayMinutes / everyMinutes;
  if (count > mostHours) return null;
  const today = new Date().setHours(0, 0, 0, 0);
  const step = everyMinutes * minuteMs;
  const first = Math.ceil(today / step) * step;
  return format.list(Array.from({ length: count }, (_slot, index) => format.hour(first + index * step)));
}
