import type { Buyer } from '../../../contract/order';
import { parseTaxId } from '../taxId';

/** The tax ID by which the org knows the buyer: digits for CUIT and DNI, else the text itself. */
export function buyerKey(buyer: Buyer): string | null {
  if (buyer.taxIdKind === 'any') return buyer.taxId.trim() === '' ? null : buyer.taxId.trim();
  const parsed = parseTaxId(buyer.taxId);
  return parsed.kind === 'invalid' ? null : parsed.digits;
}

/** The name to give a new buyer: the business name, else the contact's. */
export function buyerName(buyer: Buyer): string {
  return buyer.businessName || buyer.contactName || '';
}
