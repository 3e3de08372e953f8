/**
 * Reads the CSV of the Bulk API as it comes: values in quotes or not, quotes doubled inside them, line ends of either
 * kind, cut anywhere between two pieces (Bulk API 2.0 guide, "Prepare CSV Files"; research/salesforce.md 3.5).
 */
export function createCsvRows() {
  const decoder = new TextDecoder();
  let rest = '';

  return {
    /** The rows that are complete by now. */
    push(piece: Uint8Array): string[][] {
      const { rows, left } = parse(rest + decoder.decode(piece, { stream: true }), false);
      rest = left;
      return rows;
    },
    /** What is left at the end: a last line without an end. */
    end(): string[][] {
      const { rows } = parse(rest + decoder.decode(), true);
      rest = '';
      return rows;
    },
  };
}

interface Parsed {
  rows: string[][];
  /** The beginning of a row that is not complete. */
  left: string;
}

const quote = 0x22;
const comma = 0x2c;
const lineFeed = 0x0a;
const carriageReturn = 0x0d;

function parse(text: string, final: boolean): Parsed {
  const rows: string[][] = [];
  let at = 0;
  while (at < text.length) {
    const row = rowAt(text, at, final);
    if (row === null) return { rows, left: text.slice(at) };
    rows.push(row.values);
    at = row.end;
  }
  return { rows, left: '' };
}

/** Null when the row is not complete. */
function rowAt(text: string, begin: number, final: boolean): { values: string[]; end: number } | null {
  const values: string[] = [];
  for (let at = begin; ; ) {
    const field = text.charCodeAt(at) === quote ? quoted(text, at, final) : plain(text, at, final);
    if (field === null) return null;
    values.push(field.value);
    at = field.end;
    if (text.charCodeAt(at) === comma) at += 1;
    else {
      const end = lineEnd(text, at, final);
      return end === null ? null : { values, end };
    }
  }
}

/** Where the next line begins; null while a line end may still be cut in two. */
function lineEnd(text: string, at: number, final: boolean): number | null {
  const afterReturn = text.charCodeAt(at) === carriageReturn ? at + 1 : at;
  if (!final && afterReturn >= text.length) return null;
  return text.charCodeAt(afterReturn) === lineFeed ? afterReturn + 1 : afterReturn;
}

interface Field {
  value: string;
  end: number;
}

/** Null when the field is not complete. */
function quoted(text: string, at: number, final: boolean): Field | null {
  let value = '';
  for (let from = at + 1; ; ) {
    const close = text.indexOf('"', from);
    if (close < 0) return final ? { value: value + text.slice(from), end: text.length } : null;
    if (close + 1 >= text.length && !final) return null;
    if (text.charCodeAt(close + 1) !== quote)
      return { value: value + text.slice(from, close), end: close + 1 };
    value += text.slice(from, close + 1);
    from = close + 2;
  }
}

function plain(text: string, at: number, final: boolean): Field | null {
  for (let end = at; end < text.length; end += 1) {
    const code = text.charCodeAt(end);
    if (code === comma || code === lineFeed || code === carriageReturn)
      return { value: text.slice(at, end), end };
  }
  return final ? { value: text.slice(at), end: text.length } : null;
}
