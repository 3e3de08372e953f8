import { describe, expect, it } from 'vitest';
import { allObjects, buildSchema, everythingDeployed } from '../../../sandbox/org/schema';
import { restrict, userAccessSchema } from '../../../sandbox/org/schema/access';
import { standardOrderStatuses } from '../../../sandbox/org/schema/orders';
import { account } from '../../../sandbox/org/schema/parties';

const access = (changes: Parameters<typeof userAccessSchema.parse>[0]) => userAccessSchema.parse(changes);

describe('what a user may see and do', () => {
  it('is everything unless something is taken away', () => {
    expect(restrict([account], access({}))).toEqual([account]);
  });

  it('goes by names in any case', () => {
    const [seen] = restrict([account], access({ hiddenFields: ['ACCOUNT.phone'], noDelete: ['account'] }));
    expect(seen?.fields.map((field) => field.name)).not.toContain('Phone');
    expect([seen?.createable, seen?.deletable]).toEqual([true, false]);
  });

  it('keeps what an org cannot hide: required, system and name fields', () => {
    const hiddenFields = account.fields.map((field) => `Account.${field.name}`);
    const [seen] = restrict([account], access({ hiddenFields }));
    expect(seen?.fields.map((field) => field.name)).toEqual([
      'Id',
      'IsDeleted',
      'Name',
      'OwnerId',
      'CreatedDate',
      'CreatedById',
      'LastModifiedDate',
      'LastModifiedById',
      'SystemModstamp',
    ]);
  });

  it('leaves the lookup to a hidden object, and no way through it', () => {
    const schema = buildSchema(
      allObjects(standardOrderStatuses),
      everythingDeployed,
      access({ hiddenObjects: ['Pricebook2'] }),
    );
    const order = schema.object('Order');
    expect(order && schema.field(order, 'Pricebook2Id')).toBeDefined();
    expect(schema.object('Pricebook2')).toBeUndefined();
    expect(schema.objects.map((object) => object.name)).not.toContain('Pricebook2');
  });

  it('is refused when a field is named without its object', () => {
    expect(userAccessSchema.safeParse({ hiddenFields: ['Phone'] }).success).toBe(false);
    expect(userAccessSchema.safeParse({ hidden: [] }).success).toBe(false);
  });
});
