import { describe, expect, it } from 'vitest';
import { referencedIds, resolveReferences } from '../../../sandbox/org/rest/references';

const answers = new Map<string, unknown>([
  ['order', { id: '801A', success: true }],
  ['found', { records: [{ Id: '001B', Account: { Name: 'X' } }] }],
  ['list', [{ id: '802C' }]],
]);

describe('references between subrequests', () => {
  it('puts values into urls and bodies', () => {
    expect(
      resolveReferences(
        { url: '/x/@{order.id}', deep: [{ a: '@{found.records[0].Id}', b: 7 }], c: '@{list[0].id}!' },
        answers,
      ),
    ).toEqual({ url: '/x/801A', deep: [{ a: '001B', b: 7 }], c: '802C!' });
  });

  it('finds who is referred to', () => {
    expect(referencedIds(['@{order.id}', { x: '@{found.records[0].Id} @{order.id}' }])).toEqual([
      'order',
      'found',
    ]);
  });

  it('refuses a reference to nothing', () => {
    expect(() => resolveReferences('@{order.Id}', answers)).toThrow(/PROCESSING_HALTED.*order\.Id/);
    expect(() => resolveReferences('@{nobody.id}', answers)).toThrow(/PROCESSING_HALTED/);
  });
});
