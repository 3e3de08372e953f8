import { z } from 'zod';
import { problemSchema } from './problem';

export const line = (max: number) =>
  z
    .string()
    .trim()
    .max(max)
    .refine((value) => !hasControlCharacter(value), 'controlCharacter');

const hasControlCharacter = (value: string) =>
  [...value].some((character) => {
    const code = character.codePointAt(0) ?? 0;
    return code < 32 || code === 127;
  });

/** An https address; plain http only for this computer (the sandbox). */
export const webAddressSchema = line(500).refine(isWebAddress, 'address');

function isWebAddress(value: string): boolean {
  let url: URL;
  try {
    url = new URL(value);
  } catch {
    return false;
  }
  const local = ['localhost', '127.0.0.1', '[::1]'].includes(url.hostname);
  const plain = url.username === '' && url.password === '' && url.search === '' && url.hash === '';
  return plain && (url.protocol === 'https:' || (url.protocol === 'http:' && local));
}

/** The ways to sign in to the org (research/salesforce.md 1.1). Settings from before there were several mean `password`. */
export const signInWays = ['password', 'clientCredentials', 'browser', 'jwt'] as const;
export type SignInWay = (typeof signInWays)[number];

const username = line(80).min(1, 'required');

const anyWay = {
  loginUrl: webAddressSchema,
  clientId: line(256).min(1, 'required'),
  /** The text by which the org recognises the store's orders, for example PAGINAWEB. */
  identifier: line(40).min(1, 'required'),
  warehouse: line(255),
  companies: z.array(line(80).min(1)).max(50),
};

/** What reaches the org, each way with the fields it needs. The secrets travel apart and never come back. */
export const orgSettingsSchema = z.discriminatedUnion('signIn', [
  z.object({ signIn: z.literal('password'), username, ...anyWay }),
  /** Runs as the user that the app in the org names. */
  z.object({ signIn: z.literal('clientCredentials'), ...anyWay }),
  /** Who has signed in is kept with the token, in the keychain. */
  z.object({ signIn: z.literal('browser'), ...anyWay }),
  z.object({ signIn: z.literal('jwt'), username, ...anyWay }),
]);
export type OrgSettings = z.infer<typeof orgSettingsSchema>;
export type OrgSettingsOf<Way extends SignInWay> = Extract<OrgSettings, { signIn: Way }>;

export const storeSettingsSchema = z.object({
  kind: z.enum(['none', 'http']),
  baseUrl: z.union([z.literal(''), webAddressSchema]),
});
export type StoreSettings = z.infer<typeof storeSettingsSchema>;

/** The secrets by name. They live in the OS keychain only. */
export const secretNames = ['password', 'clientSecret', 'refreshToken', 'privateKey', 'storeToken'] as const;
export type SecretName = (typeof secretNames)[number];

/** The secrets a person types in. The refresh token comes from the org, by signing in with the browser. */
export const typedSecretNames = ['password', 'clientSecret', 'privateKey', 'storeToken'] as const;
export type TypedSecretName = (typeof typedSecretNames)[number];

/** The secrets each way needs, and those it can do without. */
export const secretsOfWay: Readonly<
  Record<SignInWay, { required: readonly TypedSecretName[]; optional: readonly TypedSecretName[] }>
> = {
  password: { required: ['password', 'clientSecret'], optional: [] },
  clientCredentials: { required: ['clientSecret'], optional: [] },
  /** Public apps have no secret (research/salesforce.md 1.1). */
  browser: { required: [], optional: ['clientSecret'] },
  jwt: { required: ['privateKey'], optional: [] },
};

/** Windows keeps 2560 bytes for a credential (CRED_MAX_CREDENTIAL_BLOB_SIZE): an RSA key of up to 3072 bits. */
const mostKeyLength = 2560;

/** `undefined` leaves a secret as it is; text replaces it; the empty text forgets it. */
export const secretInputSchema = z.object({
  password: z.string().max(512).optional(),
  clientSecret: z.string().max(512).optional(),
  /** PEM of the RSA key whose certificate the app in the org has. */
  privateKey: z.string().trim().max(mostKeyLength).optional(),
  storeToken: z.string().max(2048).optional(),
});
export type SecretInput = z.infer<typeof secretInputSchema>;

/** When orders go out by themselves. */
export const automaticSchema = z.object({
  on: z.boolean(),
  /** 0: at once; else at every whole multiple of so many minutes. */
  everyMinutes: z.number().int().min(0).max(1440),
  /** Nothing goes by itself before this instant (milliseconds since 1970, UTC). */
  pausedUntil: z.number().int().nullable(),
});
export type Automatic = z.infer<typeof automaticSchema>;

/** Whether a pause of the automatic export is under way. */
export const isPaused = ({ pausedUntil }: Automatic, now: number): boolean =>
  pausedUntil !== null && now < pausedUntil;

export const localeSchema = z.enum(['es-AR', 'en']);
export type Locale = z.infer<typeof localeSchema>;

export const modeSchema = z.enum(['unset', 'live', 'demo']);
export type Mode = z.infer<typeof modeSchema>;

export const settingsInputSchema = z.object({
  org: orgSettingsSchema,
  store: storeSettingsSchema.refine(({ kind, baseUrl }) => kind === 'none' || baseUrl !== '', {
    path: ['baseUrl'],
    message: 'required',
  }),
  secrets: secretInputSchema,
});

/** The form as a person left it. Main checks it field by field and answers with `fieldErrors`. */
const typed = z.string().max(4000);
export const settingsDraftSchema = z.object({
  org: z.object({
    signIn: z.enum(signInWays),
    loginUrl: typed,
    /** Typed for the ways that name a user; the others leave it alone. */
    username: typed,
    clientId: typed,
    identifier: typed,
    warehouse: typed,
    companies: z.array(typed).max(200),
  }),
  store: z.object({ kind: z.enum(['none', 'http']), baseUrl: typed }),
  secrets: z.object({
    password: typed.optional(),
    clientSecret: typed.optional(),
    privateKey: z.string().max(20_000).optional(),
    storeToken: typed.optional(),
  }),
});
export type SettingsDraft = z.infer<typeof settingsDraftSchema>;

/** What the window may know of the settings: which secrets are there, never what they are. */
export const settingsViewSchema = z.object({
  /** Blank fields where nothing has been saved yet. */
  org: settingsDraftSchema.shape.org,
  store: settingsDraftSchema.shape.store,
  secretsSet: z.record(z.enum(typedSecretNames), z.boolean()),
  /** Who signed in with the browser at this address with this app; empty where the org does not say. */
  signedInAs: z.string().nullable(),
  /** Why secrets cannot be kept on this computer, if they cannot. */
  keychain: problemSchema.nullable(),
  /** In the demo the settings are the sandbox's and cannot be changed. */
  readOnly: z.boolean(),
});
export type SettingsView = z.infer<typeof settingsViewSchema>;

/** Field path (`org.username`) to the code of what is wrong with it (`required`, `address`, `tooLong`, …). */
export const fieldErrorsSchema = z.record(z.string(), z.string());

export const saveSettingsResultSchema = z.discriminatedUnion('kind', [
  z.object({ kind: z.literal('saved'), settings: settingsViewSchema }),
  z.object({ kind: z.literal('invalid'), fields: fieldErrorsSchema }),
]);

export const verifyStepIds = [
  'storeReachable',
  'loginAddress',
  'signIn',
  'user',
  'apiVersion',
  'orderFields',
  'lineFields',
  'buyerFields',
  'productFields',
  'orderStatus',
  'activation',
  'priceBook',
  'serviceProducts',
  'warehouse',
  'companies',
  'identifier',
  'quota',
] as const;

export const verifyStepSchema = z.object({
  id: z.enum(verifyStepIds),
  outcome: z.enum(['waiting', 'running', 'passed', 'warned', 'failed', 'skipped']),
  /** Facts for the step's sentence: version, price book's name, calls left. */
  facts: z.record(z.string(), z.union([z.string(), z.number()])),
  problems: z.array(problemSchema),
});
export type VerifyStep = z.infer<typeof verifyStepSchema>;
export const verifyReportSchema = z.object({ steps: z.array(verifyStepSchema), finished: z.boolean() });
export type VerifyReport = z.infer<typeof verifyReportSchema>;
