import { Group, SegmentedControl, Stack, Text, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { localeSchema } from '../../contract/settings';
import { useStatusState } from '../app/statusState';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';

export function LanguageChoice() {
  const { t } = useTranslation();
  const answer = useAnswer();
  const locale = useStatusState((state) => state.status?.locale);
  return (
    <Group justify="space-between">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('common.language')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('settings.languageHelp')}
        </Text>
      </Stack>
      <SegmentedControl
        size="xs"
        aria-label={t('common.language')}
        value={locale ?? 'es-AR'}
        onChange={(value) => void answer(call('app.setLocale', localeSchema.parse(value)))}
        data={[
          { value: 'es-AR', label: 'Español' },
          { value: 'en', label: 'English' },
        ]}
      />
    </Group>
  );
}
