import en from './texts/en.json' with { type: 'json' };
import es from './texts/es-AR.json' with { type: 'json' };

export type PageTexts = typeof es;
export type PageLocale = 'es-AR' | 'en';

export const pageTexts: Readonly<Record<PageLocale, PageTexts>> = { 'es-AR': es, en };

/** The language that was chosen, then the one that the reader's browser asks for first, then Spanish. */
export function pageLocale(chosen: string | null, accepted: string | undefined): PageLocale {
  if (chosen === 'es-AR' || chosen === 'en') return chosen;
  const first = accepted?.split(',')[0]?.trim().toLowerCase() ?? '';
  return first.startsWith('en') ? 'en' : 'es-AR';
}
