import { Stack, Text, Timeline } from '@mantine/core';
import { CircleAlert, CircleCheck, CircleHelp, Search, Send, Undo2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { Attempt } from '../../contract/export';
import { ProblemNote } from '../ui/ProblemNote';
import { useFormat } from '../ui/useFormat';

const icons = {
  running: Send,
  exported: CircleCheck,
  refused: CircleAlert,
  notSent: CircleAlert,
  answerLost: CircleHelp,
  absent: Search,
  interrupted: CircleHelp,
  undone: Undo2,
  amended: CircleCheck,
} as const;

const colors = {
  running: 'blue',
  exported: 'teal',
  refused: 'red',
  notSent: 'yellow',
  answerLost: 'yellow',
  absent: 'gray',
  interrupted: 'yellow',
  undone: 'gray',
  amended: 'teal',
} as const;

/** Every try of the export: when, by whom, what came of it. Newest first. */
export function Attempts({ attempts }: { attempts: Attempt[] }) {
  const { t } = useTranslation();
  const format = useFormat();
  if (attempts.length === 0) return <Text size="sm">{t('orders.attempt.none')}</Text>;
  return (
    <Timeline bulletSize={26} lineWidth={2}>
      {[...attempts].reverse().map((attempt) => {
        const Icon = icons[attempt.outcome];
        return (
          <Timeline.Item
            key={attempt.id}
            color={colors[attempt.outcome]}
            bullet={<Icon size={14} aria-hidden />}
            title={t(`orders.attempt.outcome.${attempt.outcome}`)}
          >
            <Text size="xs" c="dimmed">
              {[
                format.exact(attempt.startedAt),
                t(`orders.attempt.kind.${attempt.kind}`),
                t(`orders.attempt.trigger.${attempt.trigger}`),
                attempt.finishedAt === null
                  ? ''
                  : t('orders.attempt.took', { ms: format.count(attempt.finishedAt - attempt.startedAt) }),
              ]
                .filter(Boolean)
                .join(' · ')}
            </Text>
            <Stack gap={4} mt={4}>
              {attempt.problems.map((problem) => (
                <ProblemNote key={JSON.stringify(problem)} problem={problem} color="gray" />
              ))}
            </Stack>
          </Timeline.Item>
        );
      })}
    </Timeline>
  );
}
