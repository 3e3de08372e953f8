import { type OrgException, refuse } from '../errors';

const before = 60;
const after = 40;

/**
 * A query error as Salesforce words it: a piece of the query, a caret under the guilty word, its row and
 * column, then the sentence.
 */
export function queryError(errorCode: string, query: string, word: string, sentence: string): OrgException {
  const index = position(query, word);
  const start = Math.max(0, index - before);
  const piece = query.slice(start, index + Math.max(word.length, 1) + after).replace(/[\r\n]/g, ' ');
  const row = query.slice(0, index).split('\n').length;
  const column = index - query.lastIndexOf('\n', index - 1);
  const caret = `${' '.repeat(index - start)}^`;
  return refuse(400, errorCode, `\n${piece}\n${caret}\nERROR at Row:${row}:Column:${column}\n${sentence}`);
}

export const noSuchColumn = (query: string, path: string, entity: string): OrgException =>
  queryError(
    'INVALID_FIELD',
    query,
    path,
    `No such column '${path.split('.').at(-1)}' on entity '${entity}'. If you are attempting to use a custom field, be sure to append the '__c' after the custom field name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchRelationship = (query: string, path: string, name: string): OrgException =>
  queryError(
    'INVALID_FIELD',
    query,
    path,
    `Didn't understand relationship '${name}' in field path. If you are attempting to use a custom relationship, be sure to append the '__r' after the custom relationship name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const noSuchType = (query: string, name: string): OrgException =>
  queryError(
    'INVALID_TYPE',
    query,
    name,
    `sObject type '${name}' is not supported. If you are attempting to use a custom object, be sure to append the '__c' after the entity name. Please reference your WSDL or the describe call for the appropriate names.`,
  );

export const malformed = (query: string, word: string, sentence: string): OrgException =>
  queryError('MALFORMED_QUERY', query, word, sentence);

/** The word on its own, not as part of a longer one. */
function position(query: string, word: string): number {
  if (word === '') return query.length;
  const escaped = word.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
  const found = new RegExp(`(?<![\\w.])${escaped}(?![\\w.])`, 'i').exec(query);
  return found ? found.index : Math.max(0, query.toLowerCase().indexOf(word.toLowerCase()));
}
