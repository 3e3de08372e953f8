import { describe, expect, it } from 'vitest';
import { builtInProfiles, profileSchema } from '../../../main/salesforce/profile';

describe('profile', () => {
  it('differs between the built-in ones in warehouse and stock alone', () => {
    const { standard, 'custom-inventory': custom } = builtInProfiles;
    expect(custom).toEqual({
      ...standard,
      name: 'custom-inventory',
      warehouse: custom.warehouse,
      stock: custom.stock,
    });
    expect(custom.stock.object).not.toBe(standard.stock.object);
  });

  it.each(["Name FROM Account WHERE Name != '", 'A B', '', '../Account', 'Ñandú__c', '1st__c'])(
    'takes no field called %j, since names go into queries as they are',
    (name) => {
      const { standard } = builtInProfiles;
      const changed = { ...standard, buyer: { ...standard.buyer, name } };
      expect(profileSchema.safeParse(changed).success).toBe(false);
    },
  );

  it('takes no setting it does not know, so that a misspelt one is noticed', () => {
    expect(profileSchema.safeParse({ ...builtInProfiles.standard, extra: 1 }).success).toBe(false);
  });
});
