import { parseQuery, type Query } from '@jetstreamapp/soql-parser-js';
import { malformed } from './errors';

/** A query's tree. What the parser complains about becomes MALFORMED_QUERY at the guilty word. */
export function parseSoql(soql: string): Query {
  try {
    // Without options: with them the parser builds itself anew for every query, 40 ms each time.
    return parseQuery(soql);
  } catch (error) {
    const message = error instanceof Error ? error.message : '';
    const word =
      /but found:\s*(?:-->\s*)?'([^']*)'/.exec(message)?.[1] ?? /found -->\s*'([^']*)'/.exec(message)?.[1];
    const char = /unexpected character: ->(.)<-/.exec(message)?.[1];
    if (char !== undefined)
      throw malformed(
        soql,
        char,
        `line 1:${soql.indexOf(char)} no viable alternative at character '${char}'`,
      );
    throw word === undefined || word === ''
      ? malformed(soql, '', 'unexpected token: <EOF>')
      : malformed(soql, word, `unexpected token: '${word}'`);
  }
}
