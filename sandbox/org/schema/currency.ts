import { checkbox, double, int, object, picklist, readOnly, required } from './field';
import type { FieldDef, ObjectDef } from './types';

export interface OrgCurrency {
  isoCode: string;
  /** Units of this currency for one unit of the corporate currency. */
  rate: number;
  decimalPlaces?: number;
  /** An inactive currency stays on old records and cannot be chosen any more. */
  active?: boolean;
}

/** Currencies of an org with the multicurrency feature; a single-currency org has none of this. */
export interface Multicurrency {
  corporate: string;
  others: readonly OrgCurrency[];
}

/** All currencies as the org keeps them, the corporate one first with rate 1. */
export function currenciesOf({ corporate, others }: Multicurrency): Required<OrgCurrency>[] {
  return [{ isoCode: corporate, rate: 1 }, ...others].map((currency) => ({
    decimalPlaces: 2,
    active: true,
    ...currency,
  }));
}

/**
 * The objects with what the multicurrency feature adds: `CurrencyIsoCode`, the user's own currency and
 * CurrencyType (object reference: CurrencyType, PricebookEntry, Order, User). The tables always have these
 * columns; the schema of a single-currency org shows none of them.
 */
export function withCurrencies(
  objects: readonly ObjectDef[],
  multicurrency: Multicurrency | null,
): ObjectDef[] {
  const codes = multicurrency
    ? currenciesOf(multicurrency)
        .filter((currency) => currency.active)
        .map((currency) => currency.isoCode)
    : [];
  return [
    ...objects.map((entry) => {
      const added = currencyFields(entry, codes);
      if (added.length === 0) return entry;
      const audit = entry.fields.findIndex((field) => field.name === 'CreatedDate');
      return { ...entry, fields: [...entry.fields.slice(0, audit), ...added, ...entry.fields.slice(audit)] };
    }),
    currencyType(codes),
  ];
}

/** Standard objects that carry a currency; custom objects all do. */
const withCurrency = new Set([
  'Account',
  'Asset',
  'Campaign',
  'Case',
  'Contact',
  'Contract',
  'Lead',
  'Opportunity',
  'OpportunityLineItem',
  'Order',
  'OrderItem',
  'PricebookEntry',
  'Product2',
  'ProductItem',
  'Quote',
  'QuoteLineItem',
  'User',
]);

/** A line has its parent's currency; a price keeps the one it was made with. */
const access: Readonly<Record<string, Partial<FieldDef>>> = {
  OrderItem: readOnly,
  OpportunityLineItem: readOnly,
  QuoteLineItem: readOnly,
  PricebookEntry: { updateable: false, nillable: false },
  User: readOnly,
};

function currencyFields(entry: ObjectDef, codes: readonly string[]): FieldDef[] {
  if (!entry.custom && !withCurrency.has(entry.name)) return [];
  const fields = [currencyField('CurrencyIsoCode', 'Currency ISO Code', codes, access[entry.name])];
  if (entry.name === 'User') {
    fields.unshift(currencyField('DefaultCurrencyIsoCode', 'Default Currency ISO Code', codes, readOnly));
  }
  return fields;
}

const currencyField = (
  name: string,
  label: string,
  codes: readonly string[],
  extra: Partial<FieldDef> = {},
): FieldDef =>
  picklist(name, label, codes, { length: 3, defaultedOnCreate: true, restrictedPicklist: true, ...extra });

const currencyType = (codes: readonly string[]): ObjectDef =>
  object({
    name: 'CurrencyType',
    label: 'Currency Type',
    labelPlural: 'Currency Types',
    keyPrefix: '01L',
    writable: false,
    fields: [
      picklist('IsoCode', 'Currency ISO Code', codes, {
        length: 40,
        nameField: true,
        restrictedPicklist: true,
        ...required,
        ...readOnly,
      }),
      double('ConversionRate', 'Conversion Rate', 18, 6, { ...required, ...readOnly }),
      int('DecimalPlaces', 'Decimal Places', { ...required, ...readOnly }),
      checkbox('IsActive', 'Active', readOnly),
      checkbox('IsCorporate', 'Corporate Currency', readOnly),
    ],
  });
