import { Select, Stack, TextInput, Title } from '@mantine/core';
import { useTranslation } from 'react-i18next';
import {
  type Charge,
  chargeModes,
  charges,
  discountModes,
  orgPriceKinds,
  storePriceKinds,
} from '../../../contract/rules';
import { useFieldError } from '../useFieldError';
import type { OpenRules } from './useRules';
import { useTypedNumber } from './useTypedNumber';

/** Where each of an order's amounts goes. */
export function AmountFields({ form }: { form: OpenRules }) {
  const { t } = useTranslation();
  const asTyped = useTypedNumber();
  const fieldError = useFieldError(form);
  const { amounts } = form.draft;
  const options = <Value extends string>(field: string, values: readonly Value[]) =>
    values.map((value) => ({ value, label: t(`rules.${field}.${value}`) }));
  const converts = amounts.orgPrices !== 'same' && amounts.orgPrices !== amounts.storePrices;

  return (
    <Stack gap="sm">
      <Title order={3} size="h5">
        {t('rules.amounts.title')}
      </Title>
      <Select
        label={t('rules.storePrices.label')}
        description={t('rules.storePrices.help')}
        data={options('storePrices', storePriceKinds)}
        allowDeselect={false}
        value={amounts.storePrices}
        onChange={(storePrices) => storePrices !== null && form.set('amounts', { storePrices })}
      />
      <Select
        label={t('rules.orgPrices.label')}
        description={t('rules.orgPrices.help')}
        data={options('orgPrices', orgPriceKinds)}
        allowDeselect={false}
        value={amounts.orgPrices}
        onChange={(orgPrices) => orgPrices !== null && form.set('amounts', { orgPrices })}
      />
      {converts && (
        <TextInput
          label={t('rules.taxRate.label')}
          description={t('rules.taxRate.help')}
          w={220}
          maxLength={6}
          inputMode="decimal"
          withAsterisk
          value={asTyped(amounts.taxRatePercent)}
          error={fieldError('amounts.taxRatePercent')}
          onChange={(event) => form.set('amounts', { taxRatePercent: event.currentTarget.value })}
        />
      )}
      {charges.map((charge) => (
        <ChargeField key={charge} charge={charge} form={form} />
      ))}
    </Stack>
  );
}

function ChargeField({ charge, form }: { charge: Charge; form: OpenRules }) {
  const { t } = useTranslation();
  const fieldError = useFieldError(form);
  const { amounts } = form.draft;
  const modes: readonly string[] = charge === 'discount' ? discountModes : chargeModes;
  const data = modes.map((mode) => ({
    value: mode,
    label: t(charge === 'discount' && mode === 'line' ? 'rules.mode.negativeLine' : `rules.mode.${mode}`),
  }));

  function choose(mode: string | null): void {
    if (charge === 'discount') {
      const discount = discountModes.find((known) => known === mode);
      if (discount !== undefined) form.set('amounts', { discount });
    } else {
      const chosen = chargeModes.find((known) => known === mode);
      if (chosen !== undefined) form.set('amounts', { [charge]: chosen });
    }
  }

  return (
    <Stack gap={6}>
      <Select
        label={t(`rules.charge.${charge}.label`)}
        description={t(`rules.charge.${charge}.help`)}
        data={data}
        allowDeselect={false}
        value={amounts[charge]}
        onChange={choose}
      />
      {amounts[charge] === 'line' && (
        <TextInput
          label={t('rules.sku.label', { charge: t(`rules.charge.${charge}.name`) })}
          description={t('rules.sku.help')}
          withAsterisk
          maxLength={180}
          spellCheck={false}
          ml="md"
          value={amounts[`${charge}Sku`]}
          error={fieldError(`amounts.${charge}Sku`)}
          onChange={(event) => form.set('amounts', { [`${charge}Sku`]: event.currentTarget.value })}
        />
      )}
    </Stack>
  );
}
