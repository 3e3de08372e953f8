import { refuse } from '../errors';

/** A search as SOSL asks for it. */
export interface Search {
  term: string;
  scope: Scope;
  /** Empty for everything that can be searched. */
  returning: Returning[];
  limit: number | null;
}

export interface Returning {
  object: string;
  fields: string[];
  /** What stands behind the fields, e.g. `WHERE … ORDER BY … LIMIT 5`, as SOQL. */
  rest: string;
}

const scopes = ['ALL', 'NAME', 'EMAIL', 'PHONE', 'SIDEBAR'] as const;
export type Scope = (typeof scopes)[number];

/** `FIND {…} IN … FIELDS RETURNING …, … LIMIT …` (SOQL and SOSL reference, "SOSL Syntax"). */
export function parseSosl(text: string): Search {
  const find = /^\s*FIND\s*\{((?:\\.|[^\\}])*)\}([\s\S]*)$/i.exec(text);
  if (!find) throw malformed('No search string found. Search string must be enclosed with braces.');
  const rest = find[2] ?? '';
  const inside = /^\s*IN\s+(\w+)\s+FIELDS\b/i.exec(rest);
  const scope = scopes.find((name) => name === inside?.[1]?.toUpperCase());
  if (inside && !scope) throw malformed(`unexpected token: ${inside[1]}`);
  const returning = /\bRETURNING\s+([\s\S]*)$/i.exec(rest)?.[1];
  const outside = returning === undefined ? rest : withoutParentheses(returning);
  const limit = /\bLIMIT\s+(\d+)\s*$/i.exec(outside)?.[1];
  return {
    term: unescaped(find[1] ?? ''),
    scope: scope ?? 'ALL',
    returning: returning === undefined ? [] : readReturning(returning),
    limit: limit === undefined ? null : Number(limit),
  };
}

function readReturning(text: string): Returning[] {
  return [...text.matchAll(/(\w+)\s*(?:\(((?:'(?:\\.|[^'\\])*'|[^()']|\([^()]*\))*)\))?\s*(?:,|$|(?=\s))/g)]
    .filter((match) => !/^(?:LIMIT|WITH|UPDATE|\d+)$/i.test(match[1] ?? ''))
    .map((match) => {
      const [head = '', ...tail] = (match[2] ?? '').split(/\b(?=(?:WHERE|ORDER\s+BY|LIMIT|OFFSET)\b)/i);
      return {
        object: match[1] ?? '',
        fields: head
          .split(',')
          .map((name) => name.trim())
          .filter((name) => name !== ''),
        rest: tail.join(''),
      };
    });
}

/** What stands outside all brackets, so that a LIMIT of one object is not taken for that of the whole. */
const withoutParentheses = (text: string): string => text.replace(/\((?:[^()]|\([^()]*\))*\)/g, ' ');

const unescaped = (text: string): string => text.replace(/\\(.)/g, '$1');

export const malformed = (message: string) => refuse(400, 'MALFORMED_SEARCH', message);

/** The words of a search: any of the alternatives, each with all of its words. `*` and `?` stand for letters. */
export function wordsOf(term: string): string[][] {
  return term
    .split(/\s+OR\s+/i)
    .map((part) =>
      [...part.matchAll(/"([^"]*)"|(\S+)/g)]
        .map((match) => match[1] ?? match[2] ?? '')
        .filter((word) => word !== '' && !/^AND$/i.test(word)),
    )
    .filter((words) => words.length > 0);
}
