import { Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { MailQueueView } from '../../../contract/mail';
import { ProblemNote } from '../../ui/ProblemNote';
import { useFormat } from '../../ui/useFormat';

/** How the mails on their way are: the last that left, those that wait, and why. */
export function QueueNote({ queue }: { queue: MailQueueView }) {
  const { t } = useTranslation();
  const format = useFormat();
  const { lastSentAt, waiting, nextTryAt, givenUp, lastProblem } = queue;
  return (
    <Stack gap="xs" aria-live="polite">
      <Title order={3} size="h5">
        {t('alerts.settings.queue.title')}
      </Title>
      <Text size="sm" c="dimmed">
        {lastSentAt === null
          ? t('alerts.settings.queue.neverSent')
          : t('alerts.settings.queue.lastSent', { when: format.dateTime(lastSentAt) })}
      </Text>
      {waiting > 0 && (
        <Text size="sm" fw={600}>
          {t('alerts.settings.queue.waiting', { count: waiting })}{' '}
          {nextTryAt !== null && t('alerts.settings.queue.nextTry', { when: format.dateTime(nextTryAt) })}
        </Text>
      )}
      {givenUp > 0 && (
        <Text size="sm" c="red">
          {t('alerts.settings.queue.givenUp', { count: givenUp })}
        </Text>
      )}
      {lastProblem !== null && <ProblemNote problem={lastProblem} color="yellow" />}
    </Stack>
  );
}
