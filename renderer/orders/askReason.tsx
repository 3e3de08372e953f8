import { Button, Group, Stack, Text, TextInput } from '@mantine/core';
import { modals } from '@mantine/modals';
import type { TFunction } from 'i18next';
import { type FormEvent, useState } from 'react';
import { useTranslation } from 'react-i18next';

/** Asks why orders are held or dismissed; a dismissal must say. */
export function askReason(
  t: TFunction,
  kind: 'hold' | 'dismiss',
  count: number,
  onReason: (reason: string) => void,
): void {
  const id = modals.open({
    title: t(`orders.ask.${kind}.title`, { count }),
    children: (
      <ReasonForm
        kind={kind}
        onCancel={() => modals.close(id)}
        onReason={(reason) => {
          modals.close(id);
          onReason(reason);
        }}
      />
    ),
  });
}

function ReasonForm(props: {
  kind: 'hold' | 'dismiss';
  onCancel: () => void;
  onReason: (reason: string) => void;
}) {
  const { t } = useTranslation();
  const [reason, setReason] = useState('');
  const [missing, setMissing] = useState(false);

  function submit(event: FormEvent): void {
    event.preventDefault();
    if (props.kind === 'dismiss' && reason.trim() === '') setMissing(true);
    else props.onReason(reason.trim());
  }

  return (
    <form onSubmit={submit}>
      <Stack gap="md">
        <Text size="sm">{t(`orders.ask.${props.kind}.text`)}</Text>
        <TextInput
          data-autofocus
          label={t('orders.ask.reason')}
          description={t(`orders.ask.${props.kind}.reasonHelp`)}
          maxLength={255}
          value={reason}
          error={missing && reason.trim() === '' ? t('orders.ask.reasonMissing') : null}
          onChange={(event) => setReason(event.currentTarget.value)}
        />
        <Group justify="flex-end" gap="xs">
          <Button variant="default" onClick={props.onCancel}>
            {t('common.cancel')}
          </Button>
          <Button type="submit" color={props.kind === 'dismiss' ? 'red' : 'indigo'}>
            {t(`orders.action.${props.kind}`)}
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
