import {
  ActionIcon,
  Autocomplete,
  Button,
  Group,
  Input,
  Select,
  Stack,
  TextInput,
  Title,
} from '@mantine/core';
import { Plus, Trash2 } from 'lucide-react';
import { useTranslation } from 'react-i18next';
import { onceEach } from '../../ui/onceEach';
import { useTypedNumber } from '../rules/useTypedNumber';
import { useFieldError } from '../useFieldError';
import { Choice } from './StockFields';
import type { OpenCatalogRules } from './useCatalogRules';

/** How the org's prices become the store's, and which price book feeds which list. */
export function PriceFields({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const fieldError = useFieldError(form);
  const { prices } = form.draft;

  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('catalogRules.prices.title')}
      </Title>
      <Choice
        name="prices.orgPrices"
        options={['net', 'gross']}
        value={prices.orgPrices}
        onChange={(orgPrices) => form.set('prices', { orgPrices })}
      />
      <Choice
        name="prices.storePrices"
        options={['net', 'gross']}
        value={prices.storePrices}
        onChange={(storePrices) => form.set('prices', { storePrices })}
      />
      {prices.orgPrices !== prices.storePrices && (
        <TextInput
          label={t('catalogRules.prices.taxRate')}
          w={220}
          inputMode="decimal"
          maxLength={6}
          withAsterisk
          value={asTyped(prices.taxRatePercent)}
          error={fieldError('prices.taxRatePercent')}
          onChange={(event) => form.set('prices', { taxRatePercent: event.currentTarget.value })}
        />
      )}
      <Select
        label={t('catalogRules.prices.decimals')}
        w={220}
        allowDeselect={false}
        data={['0', '1', '2'].map((value) => ({
          value,
          label: t('catalogRules.prices.decimalsOption', { count: Number(value) }),
        }))}
        value={String(prices.decimals)}
        onChange={(value) => form.set('prices', { decimals: Number(value ?? '2') })}
      />
      <Choice
        name="prices.zero"
        options={['leave', 'take']}
        value={prices.zero}
        onChange={(zero) => form.set('prices', { zero })}
      />
      <ListTable form={form} />
    </Stack>
  );
}

function ListTable({ form }: { form: OpenCatalogRules }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { lists } = form.draft.prices;
  const active = (form.choices?.priceBooks ?? []).filter((book) => book.active);
  const books = onceEach(active, ({ name }) => name).map(({ name }) => name);
  const known = onceEach(form.choices?.lists ?? [], ({ id }) => id);
  const change = (at: number, part: Partial<(typeof lists)[number]>) =>
    form.set('prices', { lists: lists.map((row, index) => (index === at ? { ...row, ...part } : row)) });

  /** That a list is there twice is said of that list alone. */
  const listError = (list: string) =>
    form.errorOf('prices.lists.list') !== 'listTwice' || lists.filter((row) => row.list === list).length > 1
      ? fieldError('prices.lists.list')
      : null;

  return (
    <Stack gap="xs">
      <Stack gap={0}>
        <Input.Label labelElement="div">{t('catalogRules.prices.lists')}</Input.Label>
        <Input.Description>{t('catalogRules.prices.listsHelp')}</Input.Description>
      </Stack>
      {lists.map((row, index) => (
        // biome-ignore lint/suspicious/noArrayIndexKey: a row has no other name; one that moves up shows its own values, which its fields get from here
        <Group key={index} gap="xs" wrap="nowrap" align="flex-start">
          <Autocomplete
            flex={1}
            aria-label={t('catalogRules.prices.priceBook')}
            placeholder={t('catalogRules.prices.priceBook')}
            maxLength={255}
            data={books}
            value={row.priceBook}
            error={fieldError('prices.lists.priceBook')}
            onChange={(priceBook) => change(index, { priceBook })}
          />
          <Select
            flex={1}
            aria-label={t('catalogRules.prices.list')}
            placeholder={t('catalogRules.prices.list')}
            data={[
              ...known.map(({ id, name }) => ({ value: id, label: name })),
              ...(row.list === '' || known.some(({ id }) => id === row.list)
                ? []
                : [{ value: row.list, label: row.list }]),
            ]}
            value={row.list === '' ? null : row.list}
            error={listError(row.list)}
            onChange={(list) => change(index, { list: list ?? '' })}
          />
          <ActionIcon
            variant="default"
            size="lg"
            aria-label={t('catalogRules.prices.removeList')}
            onClick={() => form.set('prices', { lists: lists.filter((_row, at) => at !== index) })}
          >
            <Trash2 size={16} aria-hidden />
          </ActionIcon>
        </Group>
      ))}
      <Button
        variant="default"
        size="xs"
        w="fit-content"
        leftSection={<Plus size={14} aria-hidden />}
        disabled={lists.length >= 20}
        onClick={() => form.set('prices', { lists: [...lists, { priceBook: '', list: '' }] })}
      >
        {t('catalogRules.prices.addList')}
      </Button>
    </Stack>
  );
}
