import type { OutgoingRecord } from '../../../contract/export';
import type { OrderUnit } from '../../engine/ports';
import type { Profile } from '../profile';
import type { OrgRecord, UnitRecords } from './records';

/** What `write` sends, for people to read before it goes: in the org's own object and field names. */
export function describeOutgoing(unit: OrderUnit, records: UnitRecords, profile: Profile): OutgoingRecord[] {
  const { buyer } = unit;
  const { buyerUpdate, activation } = records;
  return [
    records.buyer === null
      ? {
          object: profile.buyer.object,
          action: 'use',
          fields:
            buyer.kind === 'existing'
              ? fieldsOf({
                  Id: buyer.id,
                  [profile.buyer.name]: buyer.name,
                  [profile.buyer.taxId]: buyer.taxId,
                })
              : [],
        }
      : { object: profile.buyer.object, action: 'create', fields: fieldsOf(records.buyer) },
    ...(buyerUpdate === null
      ? []
      : [{ object: profile.buyer.object, action: 'update' as const, fields: fieldsOf(buyerUpdate.fields) }]),
    { object: profile.order.object, action: 'create', fields: fieldsOf(records.order) },
    ...records.lines.map(
      (line, index): OutgoingRecord => ({
        object: profile.line.object,
        action: 'create',
        fields: [
          // The id alone would tell a person nothing.
          {
            name: `${profile.priceEntry.product.relation}.${profile.product.sku}`,
            value: unit.lines[index]?.sku ?? '',
          },
          ...fieldsOf(line),
        ],
      }),
    ),
    ...(activation === null
      ? []
      : [{ object: profile.order.object, action: 'update' as const, fields: fieldsOf(activation) }]),
  ];
}

const fieldsOf = (record: OrgRecord) =>
  Object.entries(record).map(([name, value]) => ({ name, value: String(value) }));
