import { describe, expect, it } from 'vitest';
import { problem } from '../../../contract/problem';
import { redact } from '../../../main/net/redact';

describe('redact', () => {
  it('takes secrets out of detail and params, plain and as a form carries them', () => {
    const told = problem(
      'org.signInRefused',
      { message: 'bad password "p@ss word+1"', value: 7 },
      { detail: 'grant_type=password&password=p%40ss%20word%2B1 p%40ss+word%2B1 s3cret-client' },
    );
    const clean = JSON.stringify(redact(told, ['p@ss word+1', 's3cret-client']));
    expect(clean).not.toMatch(/ss word|ss%20word|ss\+word|s3cret/);
    expect(clean).toContain('grant_type=password');
    expect(redact(told, ['p@ss word+1']).params['value']).toBe(7);
  });

  it('leaves words alone that happen to contain a very short secret', () => {
    const told = problem('org.badAnswer', {}, { detail: 'an answer' });
    expect(redact(told, ['', 'an'])).toEqual(told);
  });

  it('replaces the longer of two secrets first', () => {
    const told = problem('org.badAnswer', {}, { detail: 'token-and-more' });
    expect(redact(told, ['token', 'token-and-more']).detail).toBe('***');
  });
});
