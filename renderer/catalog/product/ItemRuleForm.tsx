import { Button, Checkbox, Group, Paper, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { notifications } from '@mantine/notifications';
import { useState } from 'react';
import { useTranslation } from 'react-i18next';
import type { ItemRuleDraft } from '../../../contract/catalogProduct';
import type { ItemRule } from '../../../contract/catalogRules';
import { useTypedNumber } from '../../settings/rules/useTypedNumber';
import { useFieldError } from '../../settings/useFieldError';
import { useFieldErrors } from '../../settings/useFieldErrors';

const amounts = ['percent', 'buffer', 'cap', 'minimum'] as const;
const blank: ItemRuleDraft = { excluded: false, percent: null, buffer: null, cap: null, minimum: null };

/** The rule of this product alone; what is blank follows the general rules. */
export function ItemRuleForm(props: {
  rule: ItemRule | null;
  onSave: (rule: ItemRuleDraft | null) => Promise<Record<string, string> | null>;
}) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const errors = useFieldErrors();
  const fieldError = useFieldError(errors);
  const kept: ItemRuleDraft = props.rule ?? blank;
  const [draft, setDraft] = useState(kept);
  const [saving, setSaving] = useState(false);
  const isDirty = JSON.stringify(draft) !== JSON.stringify(kept);

  function set(part: Partial<ItemRuleDraft>): void {
    setDraft({ ...draft, ...part });
    errors.forget(Object.keys(part));
  }

  async function save(rule: ItemRuleDraft | null): Promise<void> {
    setSaving(true);
    const wrong = await props.onSave(rule);
    setSaving(false);
    if (wrong === null) notifications.show({ color: 'teal', message: t('catalogProduct.rule.saved') });
    else errors.refuse(wrong);
  }

  return (
    <Paper
      withBorder
      radius="md"
      p="lg"
      component="form"
      noValidate
      onSubmit={(event) => {
        event.preventDefault();
        void save(isBlank(draft) ? null : draft);
      }}
    >
      <Stack gap="sm">
        <Stack gap={0}>
          <Title order={4} size="h5">
            {t('catalogProduct.rule.title')}
          </Title>
          <Text size="xs" c="dimmed">
            {t('catalogProduct.rule.help')}
          </Text>
        </Stack>
        <Checkbox
          label={t('catalogProduct.rule.excluded')}
          description={t('catalogProduct.rule.excludedHelp')}
          checked={draft.excluded}
          onChange={(event) => set({ excluded: event.currentTarget.checked })}
        />
        <SimpleGrid type="container" cols={{ base: 2, '720px': 4 }} spacing="sm">
          {amounts.map((name) => (
            <TextInput
              key={name}
              label={t(`catalogRules.stock.${name}`)}
              placeholder={t('catalogProduct.rule.general')}
              inputMode="decimal"
              maxLength={14}
              disabled={draft.excluded}
              value={asTyped(draft[name] ?? '')}
              error={fieldError(name)}
              onChange={(event) => set({ [name]: event.currentTarget.value || null })}
            />
          ))}
        </SimpleGrid>
        <Group gap="sm">
          <Button type="submit" variant="default" disabled={!isDirty} loading={saving}>
            {t('catalogProduct.rule.save')}
          </Button>
          {props.rule !== null && (
            <Button variant="subtle" color="gray" disabled={saving} onClick={() => void save(null)}>
              {t('catalogProduct.rule.remove')}
            </Button>
          )}
        </Group>
      </Stack>
    </Paper>
  );
}

const isBlank = (draft: ItemRuleDraft): boolean =>
  !draft.excluded && amounts.every((name) => (draft[name] ?? '').trim() === '');
