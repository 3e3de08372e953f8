import { expect, it } from 'vitest';
import { type UpdatePart, updateParts } from '../../../../contract/catalogRules';
import { commonPart } from '../../../../renderer/catalog/commonPart';

const written = (part: UpdatePart | null): string[] =>
  part === null ? [] : part === 'both' ? ['prices', 'stock'] : [part];

it.each(updateParts.flatMap((one) => updateParts.map((other) => [one, other] as const)))(
  'what %s and %s both write',
  (one, other) => {
    const shared = written(one).filter((part) => written(other).includes(part));
    expect(written(commonPart(one, other))).toEqual(shared);
  },
);
