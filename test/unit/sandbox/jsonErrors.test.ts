import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { jsonComplaint } from '../../../sandbox/org/jsonErrors';

/** Places and texts as public logs of Salesforce's REST API show them. */
const cases: [string, string][] = [
  [
    '{\n  "Name": "A",\n}',
    "Unexpected character ('}' (code 125)): was expecting double-quote to start field name at [line:3, column:2]",
  ],
  [
    '{"Name" jabber}',
    "Unexpected character ('j' (code 106)): was expecting a colon to separate field name and value at [line:1, column:10]",
  ],
  [
    '{"Name": oops}',
    "Unexpected character ('o' (code 111)): expected a valid value (number, String, array, object, 'true', 'false' or 'null') at [line:1, column:11]",
  ],
  [
    '{"a": [1 2]}',
    "Unexpected character ('2' (code 50)): was expecting comma to separate ARRAY entries at [line:1, column:11]",
  ],
  [
    '{"a": 1 "b": 2}',
    "Unexpected character ('\"' (code 34)): was expecting comma to separate OBJECT entries at [line:1, column:10]",
  ],
  [
    '{"a": "x\ny"}',
    'Illegal unquoted character ((CTRL-CHAR, code 10)): has to be escaped using backslash to be included in string value at [line:2, column:1]',
  ],
  ['{"a": "\\x"}', "Unrecognized character escape 'x' (code 120) at [line:1, column:10]"],
  ['{"a": 1', 'Unexpected end-of-input: expected close marker for OBJECT at [line:1, column:8]'],
  [
    '{"a": "x',
    'Unexpected end-of-input: was expecting closing quote for a string value at [line:1, column:9]',
  ],
];

describe('what the JSON reader says', () => {
  it.each(cases)('of %j', (text, complaint) => {
    expect(jsonComplaint(text)).toBe(complaint);
  });

  it('finds fault with exactly the texts that are no JSON', () => {
    const mutated = fc
      .tuple(
        fc.jsonValue(),
        fc.nat(),
        fc.constantFrom('', '}', ']', '"', ',', ':', '\\', '\n', 'x', '0', '-'),
      )
      .map(([value, place, char]) => {
        const json = JSON.stringify(value);
        const at = place % (json.length + 1);
        return json.slice(0, at) + char + json.slice(at + 1);
      });
    const valid = (text: string) => {
      try {
        JSON.parse(text);
        return true;
      } catch {
        return false;
      }
    };
    fc.assert(
      fc.property(mutated, (text) => {
        expect(jsonComplaint(text).startsWith('Unexpected content')).toBe(valid(text));
      }),
      { numRuns: 2000 },
    );
  });
});
