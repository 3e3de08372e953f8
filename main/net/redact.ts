import type { Problem } from '../../contract/problem';

/** Shorter texts would blot out ordinary words and are no secrets. */
const shortest = 4;

/** Takes secrets out of a problem, as they are and as they travel in a form, should the other side echo them. */
export function redact(problem: Problem, secrets: readonly string[]): Problem {
  const hidden = secrets
    .filter((secret) => secret.length >= shortest)
    .flatMap((secret) => [
      secret,
      encodeURIComponent(secret),
      encodeURIComponent(secret).replace(/%20/g, '+'),
    ])
    .sort((a, b) => b.length - a.length);
  const clean = (text: string) => hidden.reduce((left, secret) => left.split(secret).join('***'), text);
  const params = Object.fromEntries(
    Object.entries(problem.params).map(([name, value]) => [
      name,
      typeof value === 'string' ? clean(value) : value,
    ]),
  );
  return {
    ...problem,
    params,
    ...(problem.detail === undefined ? {} : { detail: clean(problem.detail) }),
  };
}
