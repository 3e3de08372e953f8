import { Button, Group, Paper, Text } from '@mantine/core';
import { Save } from 'lucide-react';
import { useTranslation } from 'react-i18next';

export interface SaveBarProps {
  /** The text of the button that saves. */
  label: string;
  saving: boolean;
  onSave: () => void;
  onDiscard: () => void;
}

/** Stays in sight at the bottom of a form for as long as it holds something that has not been saved. */
export function SaveBar({ label, saving, onSave, onDiscard }: SaveBarProps) {
  const { t } = useTranslation();
  return (
    <Paper
      withBorder
      shadow="sm"
      radius="md"
      px="md"
      py="xs"
      style={{ position: 'sticky', bottom: 0, zIndex: 2 }}
    >
      <Group justify="space-between" wrap="nowrap">
        <Text size="sm">{t('settings.unsaved')}</Text>
        <Group gap="xs" wrap="nowrap">
          <Button variant="default" onClick={onDiscard}>
            {t('settings.discard')}
          </Button>
          <Button leftSection={<Save size={16} aria-hidden />} loading={saving} onClick={onSave}>
            {label}
          </Button>
        </Group>
      </Group>
    </Paper>
  );
}
