import { createHash } from 'node:crypto';
import type { Locale } from '../../../contract/settings';

type Outcome = 'done' | 'failed' | 'unknown';
export interface LoopbackTexts extends Record<Outcome, { title: string; text: string }> {
  lang: string;
}

/** What the browser shows when the org has sent the person back. */
export const loopbackTexts: Readonly<Record<Locale, LoopbackTexts>> = {
  'es-AR': {
    lang: 'es-AR',
    done: { title: 'Listo', text: 'Puente ya puede usar Salesforce. Cerrá esta pestaña y volvé a Puente.' },
    failed: { title: 'No se pudo ingresar', text: 'Cerrá esta pestaña y volvé a Puente: ahí dice por qué.' },
    unknown: {
      title: 'Acá no hay nada',
      text: 'Esta página no viene del ingreso que Puente abrió. Volvé a Puente y empezá de nuevo.',
    },
  },
  en: {
    lang: 'en',
    done: { title: 'Done', text: 'Puente can use Salesforce now. Close this tab and go back to Puente.' },
    failed: { title: 'The sign-in failed', text: 'Close this tab and go back to Puente: it says why.' },
    unknown: {
      title: 'Nothing here',
      text: 'This page does not come from the sign-in that Puente opened. Go back to Puente and start again.',
    },
  },
};

const style =
  ':root{color-scheme:light}body{margin:0;min-height:100vh;display:grid;place-items:center;background:#f3f5f8;' +
  'color:#1d2939;font:17px/1.5 system-ui,sans-serif}main{max-width:26rem;margin:1rem;padding:2rem;background:#fff;' +
  'border:1px solid #d6dce5;border-radius:12px}h1{margin:0 0 .5rem;font-size:1.4rem}p{margin:0}';
const styleHash = createHash('sha256').update(style).digest('base64');

/** A page without scripts or anything from elsewhere; its texts are Puente's own, nothing from the address. */
export function loopbackPage(texts: LoopbackTexts, outcome: Outcome) {
  const { title, text } = texts[outcome];
  return {
    headers: {
      'content-type': 'text/html; charset=utf-8',
      'content-security-policy': `default-src 'none'; style-src 'sha256-${styleHash}'; base-uri 'none'; frame-ancestors 'none'`,
      'referrer-policy': 'no-referrer',
      'cache-control': 'no-store',
      'x-content-type-options': 'nosniff',
    },
    body:
      `<!doctype html><html lang="${texts.lang}"><head><meta charset="utf-8"><title>Puente: ${title}</title>` +
      `<style>${style}</style></head><body><main><h1>${title}</h1><p>${text}</p></main></body></html>`,
  };
}
