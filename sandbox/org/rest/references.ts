import { OrgException } from '../errors';

/**
 * Answers of earlier subrequests by their reference id, for `@{ref.id}` (research 2.3, 2.5; REST API guide,
 * "Composite Subrequest Result").
 */
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

/**
 * The same URL or body with every reference replaced by what it stands for. A value that is nothing but a
 * reference to an empty field of a record becomes empty itself, since v52; before, it was refused.
 */
export function resolveReferences(value: unknown, answers: Answers, version = '62.0'): unknown {
  const emptyAllowed = Number(version) >= 52;
  return walk(value, (text) => {
    const found = (expression: string): string | null => lookUp(expression, answers, emptyAllowed);
    const whole = /^@\{([^}]+)\}$/.exec(text)?.[1];
    if (whole !== undefined) return found(whole);
    return text.replace(pattern, (_match, expression: string) => found(expression) ?? '');
  });
}

function lookUp(expression: string, answers: Answers, emptyAllowed: boolean): string | null {
  const [reference = '', ...steps] = expression.split(/[.[\]]+/).filter((step) => step !== '');
  const answer = answers.get(reference);
  let value: unknown = answer;
  for (const step of steps) value = member(value, step);
  if (typeof value === 'string' || typeof value === 'number' || typeof value === 'boolean') {
    return String(value);
  }
  if (value === null && emptyAllowed && isRecord(answer)) return null;
  throw new OrgException(400, [
    {
      errorCode: 'PROCESSING_HALTED',
      message: `Invalid reference specified. No value for ${expression} found in ${reference}. ${badReferenceId(expression)}`,
    },
  ]);
}

/** What the API says of any reference id with other characters than it allows, also where that is not the matter. */
export const badReferenceId = (referenceId: string): string =>
  `Provided referenceId ('${referenceId}') must start with a letter or a number, and it can contain only letters, numbers and underscores ('_').`;

const isRecord = (value: unknown): boolean =>
  typeof value === 'object' && value !== null && 'attributes' in value;

function member(value: unknown, step: string): unknown {
  if (Array.isArray(value)) return value[Number(step)];
  if (typeof value === 'object' && value !== null)
    return Object.entries(value).find(([key]) => key === step)?.[1];
  return undefined;
}

function walk(value: unknown, change: (text: string) => string | null): unknown {
  if (typeof value === 'string') return change(value);
  if (Array.isArray(value)) return value.map((item) => walk(item, change));
  if (typeof value === 'object' && value !== null) {
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, walk(item, change)]));
  }
  return value;
}
