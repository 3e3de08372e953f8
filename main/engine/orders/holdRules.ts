import Big from 'big.js';
import type { Order } from '../../../contract/order';
import type { HoldRules, RuleHold, RuleHoldCode } from '../../../contract/rules';
import type { BuyerMatch } from '../ports';

export interface HoldContext {
  /** Companies of the settings; none set lets all go. */
  companies: readonly string[];
  /** The buyer as the org knows him; null while he has not been looked up. */
  buyer: BuyerMatch | null;
}

/**
 * Why an order is to wait for a person although it could go by itself, or null. Judges only what is known:
 * before the buyer has been looked up, the rule about new buyers holds nothing. Pure.
 */
export function holdReason(order: Order, rules: HoldRules, context: HoldContext): RuleHold | null {
  return (
    byDay(order, rules) ??
    byCompany(order, rules, context) ??
    byTotal(order, rules) ??
    byTerms(order, rules) ??
    byKind(order, rules, context)
  );
}

const hold = (code: RuleHoldCode, params: RuleHold['params'] = {}): RuleHold => ({ code, params });

/** Days as the store's own calendar has them: the text of the instant begins with its day. */
function byDay({ confirmedAt }: Order, { confirmedFrom, confirmedTo }: HoldRules): RuleHold | null {
  const day = confirmedAt.slice(0, 10);
  if (confirmedFrom !== null && day < confirmedFrom) return hold('confirmedBefore', { date: confirmedFrom });
  if (confirmedTo !== null && day > confirmedTo) return hold('confirmedAfter', { date: confirmedTo });
  return null;
}

function byCompany({ company }: Order, rules: HoldRules, { companies }: HoldContext): RuleHold | null {
  if (!rules.otherCompanies || companies.length === 0) return null;
  if (company === null || company === '') return hold('companyMissing');
  return companies.some((name) => same(name, company)) ? null : hold('company', { company });
}

function byTotal({ totals, currency }: Order, { totalOver }: HoldRules): RuleHold | null {
  return totalOver !== null && new Big(totals.total).gt(totalOver)
    ? hold('totalOver', { total: totals.total, limit: totalOver, currency })
    : null;
}

function byTerms({ paymentTerms }: Order, rules: HoldRules): RuleHold | null {
  return rules.paymentTerms.some((terms) => same(terms, paymentTerms))
    ? hold('paymentTerms', { terms: paymentTerms })
    : null;
}

function byKind(order: Order, rules: HoldRules, { buyer }: HoldContext): RuleHold | null {
  if (rules.salesRepOrders && order.channel === 'sales-rep')
    return hold('salesRep', { name: order.salesRep ?? '' });
  if (rules.withNotes && hasNotes(order)) return hold('notes');
  if (rules.newBuyers && buyer?.kind === 'none') return hold('newBuyer');
  return null;
}

const hasNotes = ({ notes, lines }: Order): boolean =>
  notes.trim() !== '' || lines.some((line) => line.note.trim() !== '');

/** Names that people type twice differ in case and blanks, and mean the same. */
const same = (a: string, b: string): boolean => plain(a) === plain(b);
const plain = (text: string): string => text.trim().replace(/\s+/g, ' ').toLocaleLowerCase('es');
