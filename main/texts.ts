import i18next from 'i18next';
import type { Locale } from '../contract/settings';
import alerts from '../renderer/locales/en/alerts.json';
import catalog from '../renderer/locales/en/catalog.json';
import problem from '../renderer/locales/en/problem.json';
import alertsEs from '../renderer/locales/es-AR/alerts.json';
import catalogEs from '../renderer/locales/es-AR/catalog.json';
import problemEs from '../renderer/locales/es-AR/problem.json';
import type { Translate } from './engine/ports';

/**
 * The texts that leave the window: tray, notifications, menus, mails. They are the window's own files, so
 * that a problem has the same sentence everywhere.
 */
export function createTexts(): (locale: Locale) => Translate {
  const i18n = i18next.createInstance();
  // Everything is at hand, so that this is done when it returns.
  void i18n.init({
    resources: {
      en: { translation: { alerts, catalog, problem } },
      'es-AR': { translation: { alerts: alertsEs, catalog: catalogEs, problem: problemEs } },
    },
    fallbackLng: 'es-AR',
    initAsync: false,
    interpolation: { escapeValue: false },
    missingInterpolationHandler: () => '',
    returnNull: false,
  });
  return (locale) => {
    const t = i18n.getFixedT(locale);
    return (key, params) => String(t(key, { ...params }));
  };
}
