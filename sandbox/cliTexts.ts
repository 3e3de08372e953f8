import type { ParsedArgs } from './args';
import { sampleIdentifier } from './options';
import type { Sandbox } from './sandbox';

export type CliLocale = 'es' | 'en';

/** What the command prints, in the terminal's language. */
export interface CliTexts {
  usage: string;
  wrong(problem: Extract<ParsedArgs, { kind: 'wrong' }>): string;
  portTaken(port: string): string;
  cannotStart(detail: string): string;
  ready(sandbox: Sandbox): string;
  stopped: string;
}

/** Spanish where LC_ALL, LC_MESSAGES or LANG say so, English elsewhere. */
export function cliLocale(env: Readonly<Record<string, string | undefined>>): CliLocale {
  const value = env['LC_ALL'] || env['LC_MESSAGES'] || env['LANG'] || '';
  return value.toLowerCase().startsWith('es') ? 'es' : 'en';
}

export function cliTexts(locale: CliLocale): CliTexts {
  return locale === 'es' ? spanish : english;
}

const options = `  --org-port 8081  --store-port 8082  --smtp-port 2525  --smtps-port <port>  --control-port 8083
  --seed 7  --orders-every 30s|500ms|2m|off  --keep <folder>
  --products 2000 [--stock-everywhere]  |  --from <file.json>  |  --empty`;

const english: CliTexts = {
  usage: `npm run sandbox -- [options]\n\n${options}\n\nPort 0 takes a free one.`,
  wrong: ({ argument, reason }) =>
    ({
      unknown: `I do not know "${argument}". "--help" lists the options.`,
      port: `${argument} needs a port number from 0 to 65535.`,
      number: `${argument} needs a whole number that is not negative.`,
      interval: `${argument} needs an interval such as 20s, 500ms or 2m (at least 100ms), or "off".`,
      path: `${argument} needs the path of a ${argument === '--from' ? 'file' : 'folder'}.`,
      content: `Only one of ${argument} can say what the org begins with.`,
    })[reason],
  portTaken: (port) => `Port ${port} is in use by another program. Choose another one, or 0 for a free one.`,
  cannotStart: (detail) => `The sandbox could not start: ${detail}`,
  ready: (sandbox) =>
    table(sandbox, {
      title: 'The sandbox is running. Type this into Puente:',
      org: 'Salesforce',
      login: 'Login address',
      username: 'Username',
      password: 'Password',
      clientId: 'Client ID',
      clientSecret: 'Client secret',
      identifier: 'Identifier',
      store: 'Store',
      address: 'Address',
      token: 'Token',
      mail: 'Mail server (SMTP)',
      secureMail: 'Mail server (SMTP over TLS)',
      control: 'Control',
      stop: 'Ctrl-C stops it.',
    }),
  stopped: 'The sandbox has stopped.',
};

const spanish: CliTexts = {
  usage: `npm run sandbox -- [opciones]\n\n${options}\n\nEl puerto 0 toma uno libre.`,
  wrong: ({ argument, reason }) =>
    ({
      unknown: `No conozco "${argument}". "--help" muestra las opciones.`,
      port: `${argument} necesita un número de puerto entre 0 y 65535.`,
      number: `${argument} necesita un número entero que no sea negativo.`,
      interval: `${argument} necesita un intervalo como 20s, 500ms o 2m (mínimo 100ms), o "off".`,
      path: `${argument} necesita la ruta de ${argument === '--from' ? 'un archivo' : 'una carpeta'}.`,
      content: `Solo una de estas opciones puede decir con qué empieza la org: ${argument}.`,
    })[reason],
  portTaken: (port) => `El puerto ${port} está en uso por otro programa. Elegí otro, o 0 para uno libre.`,
  cannotStart: (detail) => `El entorno de prueba no pudo arrancar: ${detail}`,
  ready: (sandbox) =>
    table(sandbox, {
      title: 'El entorno de prueba está en marcha. Escribí estos datos en Puente:',
      org: 'Salesforce',
      login: 'Dirección de acceso',
      username: 'Usuario',
      password: 'Contraseña',
      clientId: 'Client ID',
      clientSecret: 'Client Secret',
      identifier: 'Identificador',
      store: 'Tienda',
      address: 'Dirección',
      token: 'Token',
      mail: 'Servidor de correo (SMTP)',
      secureMail: 'Servidor de correo (SMTP sobre TLS)',
      control: 'Control',
      stop: 'Ctrl-C lo detiene.',
    }),
  stopped: 'El entorno de prueba se detuvo.',
};

interface Labels {
  title: string;
  org: string;
  login: string;
  username: string;
  password: string;
  clientId: string;
  clientSecret: string;
  identifier: string;
  store: string;
  address: string;
  token: string;
  mail: string;
  secureMail: string;
  control: string;
  stop: string;
}

function table(sandbox: Sandbox, labels: Labels): string {
  const { org, store, mailbox, control } = sandbox;
  const { credentials } = org;
  const rows: [string, string][] = [
    [labels.login, org.url],
    [labels.username, credentials.username],
    [labels.password, credentials.password + credentials.securityToken],
    [labels.clientId, credentials.clientId],
    [labels.clientSecret, credentials.clientSecret],
    [labels.identifier, sampleIdentifier],
  ];
  const storeRows: [string, string][] = [
    [labels.address, store.url],
    [labels.token, store.token],
  ];
  const width = Math.max(...[...rows, ...storeRows].map(([label]) => label.length));
  const lines = (list: readonly [string, string][]): string[] =>
    list.map(([label, value]) => `    ${label.padEnd(width)}  ${value}`);
  return [
    labels.title,
    '',
    `  ${labels.org}`,
    ...lines(rows),
    '',
    `  ${labels.store}`,
    ...lines(storeRows),
    '',
    `  ${labels.mail}: ${mailbox.host}:${mailbox.port}`,
    ...(mailbox.securePort === null ? [] : [`  ${labels.secureMail}: ${mailbox.host}:${mailbox.securePort}`]),
    `  ${labels.control}: ${control?.url ?? '-'}`,
    '',
    labels.stop,
  ].join('\n');
}
