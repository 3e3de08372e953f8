import type { z } from 'zod';
import { failed, ok, problem } from '../../contract/problem';
import {
  type SettingsDraft,
  secretsOfWay,
  settingsInputSchema,
  type TypedSecretName,
  type VerifyReport,
} from '../../contract/settings';
import type { Connections } from '../settings/connections';
import type { Handlers } from './handlers';

export interface SettingsDeps {
  /** Null before a mode has been chosen. */
  connections: () => Connections | null;
  isPrivateKey: (pem: string) => boolean;
  onVerify: (report: VerifyReport) => void;
}

type Names = Extract<keyof Handlers, `settings.${string}`>;

const closed = () => failed(problem('settings.incomplete'));

export function settingsHandlers(deps: SettingsDeps): Pick<Handlers, Names> {
  return {
    'settings.get': async () => {
      const connections = deps.connections();
      return connections === null ? closed() : ok(await connections.view());
    },

    'settings.save': async (draft) => {
      const connections = deps.connections();
      if (connections === null) return closed();
      if ((await connections.view()).readOnly) return failed(problem('settings.invalid'));
      const parsed = settingsInputSchema.safeParse(draft);
      const fields = parsed.success ? {} : fieldErrors(parsed.error);
      const { privateKey = '' } = parsed.data?.secrets ?? {};
      if (privateKey !== '' && !deps.isPrivateKey(privateKey)) fields['secrets.privateKey'] = 'privateKey';
      const missing = await missingSecrets(draft, connections);
      if (!parsed.success || missing.length > 0 || Object.keys(fields).length > 0) {
        for (const name of missing) fields[`secrets.${name}`] = 'required';
        return ok({ kind: 'invalid', fields });
      }
      const saved = await connections.save(parsed.data, parsed.data.secrets);
      return saved.ok ? ok({ kind: 'saved', settings: await connections.view() }) : saved;
    },

    'settings.verify': () => deps.connections()?.verify(deps.onVerify) ?? closed(),
  };
}

/** Field path to what is wrong with it, the first of each field. */
export function fieldErrors(error: z.ZodError): Record<string, string> {
  const fields: Record<string, string> = {};
  for (const issue of error.issues) {
    const path = issue.path.filter((part) => typeof part === 'string').join('.');
    fields[path] ??= codeOf(issue);
  }
  return fields;
}

function codeOf(issue: z.core.$ZodIssue): string {
  if (issue.code === 'too_big') return 'tooLong';
  if (issue.code === 'too_small') return 'required';
  if (issue.code === 'invalid_union') return 'address';
  return issue.message;
}

/** A secret is missing when it is neither kept from before nor typed now, or is to be forgotten. */
async function missingSecrets(draft: SettingsDraft, connections: Connections): Promise<TypedSecretName[]> {
  const missing: TypedSecretName[] = [];
  const ofStore: readonly TypedSecretName[] = draft.store.kind === 'none' ? [] : ['storeToken'];
  for (const name of [...secretsOfWay[draft.org.signIn].required, ...ofStore]) {
    const typed = draft.secrets[name];
    const there = typed === undefined ? await connections.hasSecret(name) : typed !== '';
    if (!there) missing.push(name);
  }
  return missing;
}
