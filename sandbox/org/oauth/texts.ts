/** The words of the login and consent pages. */
export interface PageTexts {
  lang: 'es' | 'en';
  loginTitle: string;
  username: string;
  password: string;
  logIn: string;
  wrong: string;
  inactive: string;
  forApp: (app: string) => string;
  consentTitle: string;
  asks: (app: string) => string;
  signedInAs: (name: string) => string;
  allow: string;
  deny: string;
  revocable: string;
  errorTitle: string;
  errorLead: string;
  overTitle: string;
  over: string;
  scope: (name: string) => string;
  note: string;
}

/** Spanish or English, whichever the browser asks for first. */
export function pageTexts(acceptLanguage: string | undefined): PageTexts {
  const wanted = (acceptLanguage ?? '')
    .split(',')
    .map((part) => {
      const [range = '', ...parameters] = part.split(';');
      const weight = parameters.map((text) => /^\s*q=([\d.]+)\s*$/.exec(text)?.[1]).find(Boolean);
      return {
        lang: range.trim().toLowerCase().slice(0, 2),
        weight: weight === undefined ? 1 : Number(weight),
      };
    })
    .filter(({ lang, weight }) => (lang === 'es' || lang === 'en') && weight > 0)
    .sort((a, b) => b.weight - a.weight);
  return wanted[0]?.lang === 'es' ? spanish : english;
}

const english: PageTexts = {
  lang: 'en',
  loginTitle: 'Log in to the sandbox org',
  username: 'Username',
  password: 'Password',
  logIn: 'Log in',
  wrong: 'That username and password do not go together. Check both and try again.',
  inactive: 'This user is inactive. An administrator of the org can activate it.',
  forApp: (app) => `to go on to ${app}`,
  consentTitle: 'Allow access?',
  asks: (app) => `${app} asks to:`,
  signedInAs: (name) => `You are logged in as ${name}.`,
  allow: 'Allow',
  deny: 'Deny',
  revocable: 'You can take this back at any time.',
  errorTitle: 'The app cannot be connected',
  errorLead: 'Tell the administrator of the org or the maker of the app:',
  overTitle: 'This page is too old',
  over: 'Go back to the app and start the sign-in again.',
  scope: (name) =>
    ({
      api: 'read and change your data in the org',
      web: 'open the org in a browser for you',
      full: 'do everything you can do',
      refresh_token: 'do so at any time, also when you are not there',
      offline_access: 'do so at any time, also when you are not there',
      id: 'know who you are',
      openid: 'know who you are',
      profile: 'know who you are',
    })[name] ?? `use “${name}”`,
  note: 'A sandbox on this computer, not Salesforce.',
};

const spanish: PageTexts = {
  lang: 'es',
  loginTitle: 'Iniciá sesión en la org de prueba',
  username: 'Usuario',
  password: 'Contraseña',
  logIn: 'Iniciar sesión',
  wrong: 'El usuario y la contraseña no coinciden. Revisalos y probá de nuevo.',
  inactive: 'Este usuario está inactivo. Un administrador de la org puede activarlo.',
  forApp: (app) => `para seguir a ${app}`,
  consentTitle: '¿Permitir el acceso?',
  asks: (app) => `${app} pide permiso para:`,
  signedInAs: (name) => `Iniciaste sesión como ${name}.`,
  allow: 'Permitir',
  deny: 'Denegar',
  revocable: 'Podés retirar el permiso cuando quieras.',
  errorTitle: 'No se puede conectar la aplicación',
  errorLead: 'Pasale esto al administrador de la org o a quien hizo la aplicación:',
  overTitle: 'Esta página quedó vieja',
  over: 'Volvé a la aplicación y empezá de nuevo.',
  scope: (name) =>
    ({
      api: 'leer y cambiar tus datos en la org',
      web: 'abrir la org en un navegador en tu nombre',
      full: 'hacer todo lo que vos podés hacer',
      refresh_token: 'hacerlo en cualquier momento, también cuando no estás',
      offline_access: 'hacerlo en cualquier momento, también cuando no estás',
      id: 'saber quién sos',
      openid: 'saber quién sos',
      profile: 'saber quién sos',
    })[name] ?? `usar «${name}»`,
  note: 'Un entorno de prueba en esta computadora, no es Salesforce.',
};
