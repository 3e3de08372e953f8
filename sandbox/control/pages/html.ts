import type { PageLocale, PageTexts } from './texts';

export const pageNames = ['overview', 'faults', 'mailbox'] as const;
export type PageName = (typeof pageNames)[number];
export const themes = ['auto', 'light', 'dark'] as const;
export type Theme = (typeof themes)[number];

export interface PageView {
  page: PageName;
  locale: PageLocale;
  theme: Theme;
  texts: PageTexts;
}

/**
 * A whole page: the frame around it, and the texts that its script fills it with. Nothing in it comes from
 * elsewhere, and no script stands in it, so that a strict policy can hold.
 */
export function pageHtml(view: PageView): string {
  const { page, locale, theme, texts } = view;
  const { nav } = texts;
  return `<!doctype html>
<html lang="${locale}" data-theme="${theme}">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<title>${encode(nav[page])} · ${encode(texts.title)} · Puente</title>
<link rel="icon" href="data:,">
<link rel="stylesheet" href="/pages/web/style.css">
<script type="application/json" id="texts">${JSON.stringify(texts).replaceAll('<', '\\u003c')}</script>
<script type="module" src="/pages/web/${page}.js"></script>
</head>
<body>
<a class="skip" href="#main">${encode(nav.skip)}</a>
<header class="side">
<p class="brand"><span aria-hidden="true">${icons.brand}</span>${encode(texts.title)}</p>
<nav aria-label="${encode(nav.label)}"><ul>
${pageNames.map((name) => entry(name, name === page, nav[name])).join('\n')}
</ul></nav>
<div class="choices">
${languages(view)}
${appearance(view)}
</div>
</header>
<main id="main" tabindex="-1">
<h1>${encode(nav[page])}</h1>
<p class="intro">${encode(texts[page].intro)}</p>
<p class="lost" id="lost" role="alert" hidden>${encode(texts.common.lost)}</p>
<div id="content"></div>
</main>
<div id="said" role="status"></div>
</body>
</html>
`;
}

export function encode(text: string): string {
  return text.replace(/[&<>"']/g, (sign) => `&#${sign.charCodeAt(0)};`);
}

function entry(name: PageName, current: boolean, label: string): string {
  const here = current ? ' aria-current="page"' : '';
  return `<li><a class="side-link" href="/pages/${name}"${here}><span aria-hidden="true">${icons[name]}</span>${encode(label)}<b id="badge-${name}" hidden></b></a></li>`;
}

function languages({ page, locale, texts }: PageView): string {
  const link = (to: PageLocale, label: string): string =>
    `<a href="/pages/${page}?lang=${to}" lang="${to}" hreflang="${to}"${to === locale ? ' aria-current="true"' : ''}>${label}</a>`;
  return `<nav class="segments" aria-label="${encode(texts.nav.language)}">${link('es-AR', 'Español')}${link('en', 'English')}</nav>`;
}

function appearance({ theme, texts }: PageView): string {
  const choice = (value: Theme): string =>
    `<label title="${encode(texts.nav[value])}"><input type="radio" name="theme" value="${value}"${value === theme ? ' checked' : ''}><span class="visually-hidden">${encode(texts.nav[value])}</span><span aria-hidden="true">${icons[value]}</span></label>`;
  return `<fieldset class="segments" id="theme"><legend class="visually-hidden">${encode(texts.nav.theme)}</legend>${themes.map(choice).join('')}</fieldset>`;
}

const icon = (paths: string): string =>
  `<svg viewBox="0 0 24 24" width="18" height="18" fill="none" stroke="currentColor" stroke-width="2" stroke-linecap="round" stroke-linejoin="round">${paths}</svg>`;

const icons = {
  brand: icon(
    '<path d="M9 3h6M10 3v6L4.5 18.5A1.7 1.7 0 0 0 6 21h12a1.7 1.7 0 0 0 1.5-2.5L14 9V3M7.5 15h9"/>',
  ),
  overview: icon('<path d="M4 4h7v9H4zM13 4h7v5h-7zM13 11h7v9h-7zM4 15h7v5H4z"/>'),
  faults: icon('<path d="M13 2 4 14h7l-1 8 9-12h-7z"/>'),
  mailbox: icon('<path d="M3 5h18v14H3zM3 7l9 6 9-6"/>'),
  auto: icon('<circle cx="12" cy="12" r="9"/><path d="M12 3v18A9 9 0 0 0 12 3" fill="currentColor"/>'),
  light: icon(
    '<circle cx="12" cy="12" r="4"/><path d="M12 2v2M12 20v2M2 12h2M20 12h2M5 5l1.4 1.4M17.6 17.6 19 19M5 19l1.4-1.4M17.6 6.4 19 5"/>',
  ),
  dark: icon('<path d="M20 14.5A8.5 8.5 0 0 1 9.5 4a8.5 8.5 0 1 0 10.5 10.5z"/>'),
} as const;
