import i18n from 'i18next';
import { initReactI18next } from 'react-i18next';
import type { Locale } from '../contract/settings';
import alerts from './locales/en/alerts.json';
import catalog from './locales/en/catalog.json';
import catalogFile from './locales/en/catalogFile.json';
import catalogProduct from './locales/en/catalogProduct.json';
import catalogRules from './locales/en/catalogRules.json';
import catalogSides from './locales/en/catalogSides.json';
import common from './locales/en/common.json';
import importing from './locales/en/import.json';
import log from './locales/en/log.json';
import orders from './locales/en/orders.json';
import problem from './locales/en/problem.json';
import rules from './locales/en/rules.json';
import settings from './locales/en/settings.json';
import alertsEs from './locales/es-AR/alerts.json';
import catalogEs from './locales/es-AR/catalog.json';
import catalogFileEs from './locales/es-AR/catalogFile.json';
import catalogProductEs from './locales/es-AR/catalogProduct.json';
import catalogRulesEs from './locales/es-AR/catalogRules.json';
import catalogSidesEs from './locales/es-AR/catalogSides.json';
import commonEs from './locales/es-AR/common.json';
import importingEs from './locales/es-AR/import.json';
import logEs from './locales/es-AR/log.json';
import ordersEs from './locales/es-AR/orders.json';
import problemEs from './locales/es-AR/problem.json';
import rulesEs from './locales/es-AR/rules.json';
import settingsEs from './locales/es-AR/settings.json';

export const resources = {
  en: {
    alerts,
    catalog,
    catalogFile,
    catalogProduct,
    catalogRules,
    catalogSides,
    common,
    import: importing,
    log,
    orders,
    problem,
    rules,
    settings,
  },
  'es-AR': {
    alerts: alertsEs,
    catalog: catalogEs,
    catalogFile: catalogFileEs,
    catalogProduct: catalogProductEs,
    catalogRules: catalogRulesEs,
    catalogSides: catalogSidesEs,
    common: commonEs,
    import: importingEs,
    log: logEs,
    orders: ordersEs,
    problem: problemEs,
    rules: rulesEs,
    settings: settingsEs,
  },
} as const;

/** Readies the texts; every language is in the program itself, nothing is loaded later. */
export async function setUpTexts(locale: Locale): Promise<void> {
  await i18n.use(initReactI18next).init({
    resources: {
      en: { translation: resources.en },
      'es-AR': { translation: resources['es-AR'] },
    },
    lng: locale,
    fallbackLng: 'es-AR',
    // React escapes what it draws; escaping twice would show "&amp;".
    interpolation: { escapeValue: false },
    // A sentence must read well when a value is not known.
    missingInterpolationHandler: () => '',
    returnNull: false,
  });
  await switchLanguage(locale);
}

/** Switches the window to another language. */
export async function switchLanguage(locale: Locale): Promise<void> {
  await i18n.changeLanguage(locale);
  document.documentElement.lang = locale;
}
