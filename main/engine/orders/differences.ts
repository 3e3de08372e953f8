import Big from 'big.js';
import type { Difference } from '../../../contract/export';
import type { Address, Line, Order } from '../../../contract/order';

/** What a person would want to know of two versions of an order, header first, then lines by number. Pure. */
export function differencesOf(before: Order, after: Order): Difference[] {
  return [...headerDifferences(before, after), ...lineDifferences(before, after)];
}

function headerDifferences(before: Order, after: Order): Difference[] {
  const values = (order: Order): [Difference['field'], string | null][] => [
    ['buyerName', order.buyer.businessName ?? order.buyer.contactName],
    ['taxId', order.buyer.taxId],
    ['vatStatus', order.buyer.vatStatus],
    ['phone', order.buyer.phone],
    ['email', order.buyer.email],
    ['buyerAddress', addressText(order.buyer.address)],
    ['deliveryAddress', addressText(order.delivery?.address ?? null)],
    ['paymentTerms', order.paymentTerms],
    ['notes', order.notes],
    ['total', order.totals.total],
  ];
  const now = new Map(values(after));
  return values(before).flatMap(([field, old]) => {
    const fresh = now.get(field) ?? null;
    const same = field === 'total' ? sameAmount(old, fresh) : (old ?? '') === (fresh ?? '');
    return same ? [] : [{ field, line: null, before: old, after: fresh }];
  });
}

function lineDifferences(before: Order, after: Order): Difference[] {
  const old = new Map(before.lines.map((line) => [line.number, line]));
  const fresh = new Map(after.lines.map((line) => [line.number, line]));
  const numbers = [...new Set([...old.keys(), ...fresh.keys()])].sort((a, b) => a - b);
  return numbers.flatMap((number) => {
    const was = old.get(number);
    const is = fresh.get(number);
    // Another SKU in a line's place is another line to everyone who reads it.
    if (was === undefined || is === undefined || was.sku !== is.sku)
      return [
        ...(was === undefined
          ? []
          : [{ field: 'line' as const, line: nameOf(was), before: lineText(was), after: null }]),
        ...(is === undefined
          ? []
          : [{ field: 'line' as const, line: nameOf(is), before: null, after: lineText(is) }]),
      ];
    return amountDifferences(was, is);
  });
}

function amountDifferences(was: Line, is: Line): Difference[] {
  const fields = ['quantity', 'unitPrice', 'discountPercent'] as const;
  const amounts = fields
    .filter((field) => !sameAmount(was[field], is[field]))
    .map(
      (field): Difference => ({
        field: `line.${field}`,
        line: nameOf(is),
        before: was[field],
        after: is[field],
      }),
    );
  return was.note === is.note
    ? amounts
    : [...amounts, { field: 'line.note', line: nameOf(is), before: was.note, after: is.note }];
}

const nameOf = (line: Line) => ({ number: line.number, sku: line.sku });
const lineText = (line: Line): string => `${line.quantity} × ${line.unitPrice}`;

const sameAmount = (a: string | null, b: string | null): boolean =>
  a === null || b === null ? a === b : new Big(a).eq(b);

const addressText = (address: Address | null): string | null =>
  address === null
    ? null
    : [address.street, address.city, address.province, address.postalCode, address.country]
        .filter((part) => part !== '')
        .join(', ');
