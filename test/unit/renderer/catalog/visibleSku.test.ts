import { describe, expect, it } from 'vitest';
import { visibleSku } from '../../../../renderer/catalog/visibleSku';

describe('blanks around a SKU', () => {
  it('can be seen; those inside can be seen anyway', () => {
    expect(visibleSku(' 00 12\t ')).toBe('␣00 12␣␣');
    expect(visibleSku('00012')).toBe('00012');
  });
});
