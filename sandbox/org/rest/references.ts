import { OrgException } from '../errors';

/** Answers of earlier subrequests by their reference id, for `@{ref.id}` (research 2.3, 2.5). */
export type Answers = ReadonlyMap<string, unknown>;

const pattern = /@\{([^}]+)\}/g;

/** The reference ids that a URL or a body names. */
export function referencedIds(value: unknown): string[] {
  const found = new Set<string>();
  walk(value, (text) => {
    for (const match of text.matchAll(pattern)) {
      const id = /^\w+/.exec(match[1] ?? '')?.[0];
      if (id !== undefined) found.add(id);
    }
    return text;
  });
  return [...found];
}

/** The same URL or body with every reference replaced by what it stands for. */
export function resolveReferences(value: unknown, answers: Answers): unknown {
  return walk(value, (text) =>
    text.replace(pattern, (_match, expression: string) => lookUp(expression, answers)),
  );
}

function lookUp(expression: string, answers: Answers): string {
  const [reference = '', ...steps] = expression.split(/[.[\]]+/).filter((step) => step !== '');
  let value: unknown = answers.get(reference);
  for (const step of steps) value = member(value, step);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  throw new OrgException(400, [
    {
      errorCode: 'PROCESSING_HALTED',
      message: `Invalid reference specified. No value for ${expression} found in ${reference}`,
    },
  ]);
}

function member(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).find(([key]) => key === step)?.[1];
  return undefined;
}

function walk(value: unknown, change: (text: string) => string): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, change));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, change)]));
  }
  return value;
}
