/** Bytes a list of values may take in a query's address; with the rest it stays under Salesforce's 16,384. */
export const maxListBytes = 12_000;

const escapes: Readonly<Record<string, string>> = {
  '\\': '\\\\',
  "'": "\\'",
  '"': '\\"',
  '\n': '\\n',
  '\r': '\\r',
  '\t': '\\t',
  '\b': '\\b',
  '\f': '\\f',
};

/** The text as a SOQL string literal, quotes included (SOQL and SOSL Reference, "Quoted String Escapes"). */
export function soqlText(value: string): string {
  return `'${value.replace(/[\\'"\n\r\t\b\f]/g, (character) => escapes[character] ?? character)}'`;
}

/** Values as the list of an `IN` condition, parentheses included. */
export const soqlList = (values: readonly string[]): string => `(${values.map(soqlText).join(',')})`;

/** A query as it stands in the address. `fetch` encodes quotes too, so they are counted as it sends them. */
export const encodeQuery = (soql: string): string => encodeURIComponent(soql).replaceAll("'", '%27');

/**
 * Splits values into lists that each fit into one query's address: it is measured in encoded bytes, not in
 * characters (research/salesforce.md 3.4). Repeated values are asked for once.
 */
export function chunkForList(values: readonly string[], maxBytes = maxListBytes): string[][] {
  const chunks: string[][] = [];
  let current: string[] = [];
  let size = 0;
  for (const value of new Set(values)) {
    const bytes = encodeQuery(`${soqlText(value)},`).length;
    if (size + bytes > maxBytes && current.length > 0) {
      chunks.push(current);
      current = [];
      size = 0;
    }
    current.push(value);
    size += bytes;
  }
  if (current.length > 0) chunks.push(current);
  return chunks;
}
