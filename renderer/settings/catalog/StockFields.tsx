import { Checkbox, Select, SimpleGrid, Stack, Text, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import { useTypedNumber } from '../rules/useTypedNumber';
import { useFieldError } from '../useFieldError';
import type { OpenCatalogRules } from './useCatalogRules';

const amounts = ['percent', 'buffer', 'cap', 'minimum'] as const;

/** How much of the org's stock the store offers, and what becomes of odd cases. */
export function StockFields({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const fieldError = useFieldError(form);
  const { stock, match } = form.draft;

  return (
    <Stack gap="sm">
      <Stack gap={0}>
        <Title order={3} size="h5">
          {t('catalogRules.stock.title')}
        </Title>
        <Text size="xs" c="dimmed">
          {t('catalogRules.stock.help')}
        </Text>
      </Stack>
      <SimpleGrid cols={2} spacing="sm">
        {amounts.map((name) => (
          <TextInput
            key={name}
            label={t(`catalogRules.stock.${name}`)}
            description={t(`catalogRules.stock.${name}Help`)}
            inputMode="decimal"
            maxLength={14}
            value={asTyped(stock[name] ?? '')}
            error={fieldError(`stock.${name}`)}
            onChange={(event) => form.set('stock', { [name]: event.currentTarget.value })}
          />
        ))}
      </SimpleGrid>
      <Checkbox
        label={t('catalogRules.stock.openOrders')}
        description={t('catalogRules.stock.openOrdersHelp')}
        checked={stock.openOrders}
        onChange={(event) => form.set('stock', { openOrders: event.currentTarget.checked })}
      />
      <Choice
        name="stock.fractional"
        options={['down', 'keep', 'leave']}
        value={stock.fractional}
        onChange={(fractional) => form.set('stock', { fractional })}
      />
      <Choice
        name="stock.negative"
        options={['zero', 'leave']}
        value={stock.negative}
        onChange={(negative) => form.set('stock', { negative })}
      />
      <Choice
        name="stock.missingRow"
        options={['leave', 'zero']}
        value={stock.missingRow}
        onChange={(missingRow) => form.set('stock', { missingRow })}
      />
      <Choice
        name="match.inactive"
        options={['leave', 'zero']}
        value={match.inactive}
        onChange={(inactive) => form.set('match', { inactive })}
      />
      <Choice
        name="match.missingInOrg"
        options={['leave', 'zero']}
        value={match.missingInOrg}
        onChange={(missingInOrg) => form.set('match', { missingInOrg })}
      />
      <Choice
        name="match.duplicates"
        options={['leave', 'combine']}
        value={match.duplicates}
        onChange={(duplicates) => form.set('match', { duplicates })}
      />
    </Stack>
  );
}

/** A rule with a few ways to be; each is told in words. */
export function Choice<Value extends string>(props: {
  name: string;
  options: readonly Value[];
  value: Value;
  onChange: (value: Value) => void;
}) {
  const { t } = useTranslation();
  const { name, options } = props;
  return (
    <Select
      label={t(`catalogRules.${name}.label`)}
      allowDeselect={false}
      data={options.map((value) => ({ value, label: t(`catalogRules.${name}.${value}`) }))}
      value={props.value}
      onChange={(chosen) => {
        const value = options.find((option) => option === chosen);
        if (value !== undefined) props.onChange(value);
      }}
    />
  );
}
