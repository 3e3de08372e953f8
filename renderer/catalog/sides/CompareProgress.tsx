import { Button, Group, Paper, Progress, Stack, Title } from '@mantine/core';
import { X } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import type { SidesView } from '../../../contract/catalogSides';
import { call } from '../../bridge/bridge';
import { useAnswer } from '../../ui/useAnswer';
import { ReadingProgress } from '../ProgressPanel';

/** A comparison at work: how far it has come, and how to stop it. */
export function CompareProgress({ work }: { work: NonNullable<SidesView['work']> }) {
  const { t } = useTranslation();
  const answered = useAnswer();
  return (
    <Paper withBorder radius="md" p="lg">
      <Stack gap="sm">
        <Group justify="space-between" wrap="nowrap">
          <Title order={3} size="h4" aria-live="polite">
            {t(`catalog.progress.${work.state}`)}
          </Title>
          <Button
            variant="default"
            leftSection={<X size={16} aria-hidden />}
            onClick={() => void answered(call('catalogSides.cancel'))}
          >
            {t('common.cancel')}
          </Button>
        </Group>
        {work.state === 'reading' ? (
          <ReadingProgress reading={work.reading} />
        ) : (
          <Progress value={100} animated aria-label={t('catalog.progress.comparing')} />
        )}
      </Stack>
    </Paper>
  );
}
