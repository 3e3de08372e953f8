import { Alert, Button, Stack, Text } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { Download, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../../bridge/bridge';
import { useAnswer } from '../../ui/useAnswer';

/** With the sample data nobody has a file of the store at hand: here the sample store's own can be had. */
export function DemoCatalogFile() {
  const { t } = useTranslation();
  const answered = useAnswer();
  const [saving, setSaving] = useState(false);

  async function save(): Promise<void> {
    setSaving(true);
    const file = await answered(call('demo.saveCatalog', {}));
    setSaving(false);
    if (file === null) return;
    const { name, rows: count } = file;
    notifications.show({ color: 'teal', message: t('catalogFile.export.saved', { name, count }) });
  }

  return (
    <Alert
      color="orange"
      variant="light"
      maw={620}
      mx="auto"
      icon={<FlaskConical size={18} aria-hidden />}
      title={t('catalogFile.demo.title')}
    >
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{t('catalogFile.demo.text')}</Text>
        <Button
          size="xs"
          variant="default"
          loading={saving}
          leftSection={<Download size={14} aria-hidden />}
          onClick={() => void save()}
        >
          {t('catalogFile.demo.button')}
        </Button>
      </Stack>
    </Alert>
  );
}
