import type { OrgCore } from './core';
import type { Stored } from './database';
import { scaledText } from './decimal';

/** An order as it stands in the org, for tests and the demo to look at. Amounts are exact decimal texts. */
export interface OrgOrder {
  id: string;
  orderNumber: string;
  status: string;
  effectiveDate: string;
  exportKey: string | null;
  identifier: string | null;
  storeOrder: string | null;
  paymentTerms: string | null;
  company: string | null;
  description: string | null;
  priceBook: string | null;
  totalAmount: string;
  buyer: { id: string; name: string; taxId: string | null } | null;
  lines: OrgLine[];
}

export interface OrgLine {
  id: string;
  lineKey: string | null;
  sku: string | null;
  quantity: string;
  unitPrice: string;
  discountPercent: string | null;
  totalPrice: string;
  description: string | null;
}

export function listOrders(org: OrgCore): OrgOrder[] {
  const lines = new Map<string, OrgLine[]>();
  const lineRows = org.db.all(
    `SELECT l.*, p."StockKeepingUnit" AS sku FROM "OrderItem" l LEFT JOIN "Product2" p ON p."Id" = l."Product2Id"
     WHERE l."IsDeleted" = 0 ORDER BY l."Id"`,
  );
  for (const row of lineRows) {
    const order = String(row['OrderId']);
    const list = lines.get(order) ?? [];
    list.push({
      id: String(row['Id']),
      lineKey: text(row['Puente_LineKey__c']),
      sku: text(row['sku']),
      quantity: amount(row['Quantity']) ?? '0.00',
      unitPrice: amount(row['UnitPrice']) ?? '0.00',
      discountPercent: amount(row['Puente_DiscountPercent__c']),
      totalPrice: amount(row['TotalPrice']) ?? '0.00',
      description: text(row['Description']),
    });
    lines.set(order, list);
  }
  const orderRows = org.db.all(
    `SELECT o.*, a."Name" AS buyerName, a."Puente_TaxId__c" AS taxId, b."Name" AS bookName FROM "Order" o
     LEFT JOIN "Account" a ON a."Id" = o."AccountId" LEFT JOIN "Pricebook2" b ON b."Id" = o."Pricebook2Id"
     WHERE o."IsDeleted" = 0 ORDER BY o."Id"`,
  );
  return orderRows.map((row) => ({
    id: String(row['Id']),
    orderNumber: String(row['OrderNumber']),
    status: String(row['Status']),
    effectiveDate: String(row['EffectiveDate']),
    exportKey: text(row['Puente_ExportKey__c']),
    identifier: text(row['Puente_Identifier__c']),
    storeOrder: text(row['Puente_StoreOrder__c']),
    paymentTerms: text(row['Puente_PaymentTerms__c']),
    company: text(row['Puente_Company__c']),
    description: text(row['Description']),
    priceBook: text(row['bookName']),
    totalAmount: amount(row['TotalAmount']) ?? '0.00',
    buyer:
      typeof row['AccountId'] === 'string'
        ? { id: row['AccountId'], name: String(row['buyerName']), taxId: text(row['taxId']) }
        : null,
    lines: lines.get(String(row['Id'])) ?? [],
  }));
}

const text = (value: Stored | undefined): string | null => (typeof value === 'string' ? value : null);

const amount = (value: Stored | undefined): string | null =>
  typeof value === 'number' ? scaledText(value, 2) : null;
