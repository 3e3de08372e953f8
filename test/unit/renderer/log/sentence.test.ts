import i18next from 'i18next';
import { beforeAll, describe, expect, it } from 'vitest';
import type { LogEntry } from '../../../../contract/status';
import { resources } from '../../../../renderer/i18n';
import { logSentence } from '../../../../renderer/log/sentence';

const i18n = i18next.createInstance();
beforeAll(() =>
  i18n.init({
    resources: {
      en: { translation: resources.en },
      'es-AR': { translation: resources['es-AR'] },
    },
    interpolation: { escapeValue: false },
  }),
);

const say = (locale: string, event: LogEntry['event'], params: LogEntry['params']): string =>
  logSentence(i18n.getFixedT(locale), { event, params }, '');

describe('the sentence of a log entry', () => {
  it.each([
    ['en', 'Automatic update: 12 products updated'],
    ['es-AR', 'Actualización automática: se actualizaron 12 productos'],
  ])('stays as it is where every product could be read (%s)', (locale, sentence) => {
    expect(say(locale, 'schedule.updated', { count: 12, refused: 0 })).toBe(sentence);
  });

  it.each([
    ['en', 1, 'Automatic update: 12 products updated; 1 product of the store could not be read'],
    ['en', 1500, 'Automatic update: 12 products updated; 1,500 products of the store could not be read'],
    [
      'es-AR',
      1,
      'Actualización automática: se actualizaron 12 productos; 1 producto de la tienda no se pudo leer',
    ],
    [
      'es-AR',
      3,
      'Actualización automática: se actualizaron 12 productos; 3 productos de la tienda no se pudieron leer',
    ],
  ])('says how many could not be read (%s, %d)', (locale, unreadable, sentence) => {
    expect(say(locale, 'schedule.updated', { count: 12, refused: 0, unreadable })).toBe(sentence);
  });

  it.each([
    ['prices', 'La actualización automática de precios no pudo hacerse'],
    [undefined, 'La actualización automática de stock y precios no pudo hacerse'],
  ])('names what was to be written, and both where it does not say (%s)', (part, sentence) => {
    expect(say('es-AR', 'schedule.failed', part === undefined ? {} : { part })).toBe(sentence);
  });
});
