import { Alert, Button, Stack, Text } from '@mantine/core';
import { Check, FlaskConical } from 'lucide-react';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import { call } from '../bridge/bridge';
import { useAnswer } from '../ui/useAnswer';
import { useFormat } from '../ui/useFormat';

/** In the sample data the org knows nothing of a stranger's products: here they can be added to it. */
export function DemoProducts({ fileId }: { fileId: string }) {
  const { t } = useTranslation();
  const format = useFormat();
  const answer = useAnswer();
  const [adding, setAdding] = useState(false);
  const [added, setAdded] = useState<number | null>(null);

  async function add(): Promise<void> {
    setAdding(true);
    const result = await answer(call('demo.addProducts', { fileId }));
    setAdding(false);
    if (result !== null) setAdded(result.added);
  }

  return (
    <Alert
      color="orange"
      variant="light"
      icon={<FlaskConical size={18} aria-hidden />}
      title={t('import.demo.title')}
    >
      <Stack gap="xs" align="flex-start" aria-live="polite">
        <Text size="sm">{t('import.demo.text')}</Text>
        {added === null ? (
          <Button size="xs" variant="default" loading={adding} onClick={() => void add()}>
            {t('import.demo.button')}
          </Button>
        ) : (
          <Text size="sm" fw={600}>
            <Check size={14} aria-hidden />{' '}
            {t('import.demo.added', { count: added, products: format.count(added) })}
          </Text>
        )}
      </Stack>
    </Alert>
  );
}
