import { Button, Group, Loader, MultiSelect, Select, Stack } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import type { OrgChoices } from '../../contract/catalog';
import type { ProductScope } from '../../contract/catalogProduct';
import { onceEach } from '../ui/onceEach';
import { useFormat } from '../ui/useFormat';
import { AskedProblem } from './AskedProblem';
import { useChoices } from './useCatalog';

export interface ScopeFieldsProps {
  value: ProductScope;
  onChange: (value: ProductScope) => void;
  /** The org is asked for what there is only once they are looked at. */
  wanted?: boolean;
  sideBySide?: boolean;
}

/** Which of the org's stock, prices and products count. */
export function ScopeFields({ value, onChange, wanted = true, sideBySide = false }: ScopeFieldsProps) {
  const { t } = useTranslation();
  const { choices, problem, load } = useChoices(wanted);
  const fields = (
    <>
      <WarehouseField
        choices={choices}
        value={value.warehouse}
        onChange={(warehouse) => onChange({ ...value, warehouse })}
        loading={problem === null}
      />
      <CompaniesField
        choices={choices}
        value={value.companies}
        onChange={(companies) => onChange({ ...value, companies })}
      />
    </>
  );
  return (
    <Stack gap="md">
      {problem !== null && (
        <>
          <AskedProblem problem={problem} />
          <Button variant="default" w="fit-content" onClick={() => void load()}>
            {t('catalog.start.loadAgain')}
          </Button>
        </>
      )}
      {sideBySide ? (
        <Group gap="md" grow align="flex-start">
          {fields}
        </Group>
      ) : (
        fields
      )}
    </Stack>
  );
}
interface FieldProps<Value> {
  choices: OrgChoices | null;
  value: Value;
  onChange: (value: Value) => void;
}

/** The warehouse whose stock and price book count; none: general values. */
function WarehouseField({ choices, value, onChange, loading }: FieldProps<string> & { loading: boolean }) {
  const { t } = useTranslation();
  const format = useFormat();
  const options = onceEach(choices?.warehouses ?? [], ({ name }) => name).map((one) => ({
    value: one.name,
    label: t('catalog.start.warehouseOption', { name: one.name, products: format.count(one.products) }),
  }));
  // A name of the settings that the org does not know stays in sight: the update will say so.
  const known = options.some((option) => option.value === value);
  const all = value === '' || known ? options : [{ value, label: value }, ...options];
  const chosen = choices?.warehouses.find((one) => one.name === value);
  const note =
    value === ''
      ? t('catalog.start.general')
      : chosen === undefined
        ? t('catalog.start.warehouseHelp')
        : t('catalog.start.pricesOf', { name: chosen.priceBook ?? t('catalog.start.standardBook') });
  const isUnknown = value !== '' && choices !== null && !known;
  return (
    <Select
      {...(isUnknown ? { error: t('catalog.start.unknownWarehouse') } : {})}
      label={t('catalog.start.warehouse')}
      description={note}
      placeholder={t('catalog.start.allWarehouses')}
      searchable
      clearable
      nothingFoundMessage={t('catalog.start.nothingFound')}
      rightSection={choices === null && loading ? <Loader size="xs" /> : undefined}
      data={all}
      value={value === '' ? null : value}
      onChange={(name) => onChange(name ?? '')}
    />
  );
}

/** The companies whose products count; none: all of them. */
function CompaniesField({ choices, value, onChange }: FieldProps<string[]>) {
  const { t } = useTranslation();
  const format = useFormat();
  const known = new Set(choices?.companies.map((one) => one.name));
  const data = [
    ...value.filter((name) => !known.has(name)).map((name) => ({ value: name, label: name })),
    ...(choices?.companies ?? []).map((one) => ({
      value: one.name,
      label: t('catalog.start.companyOption', { name: one.name, products: format.count(one.products) }),
    })),
  ];
  return (
    <MultiSelect
      label={t('catalog.start.companies')}
      description={t('catalog.start.companiesHelp')}
      {...(value.length === 0 ? { placeholder: t('catalog.start.allCompanies') } : {})}
      searchable
      clearable
      maxValues={50}
      data={data}
      value={value}
      onChange={onChange}
    />
  );
}
