import { useCallback, useEffect, useState } from 'react';
import type { Problem } from '../../contract/problem';
import type { SecretInput, SettingsDraft, SettingsView, TypedSecretName } from '../../contract/settings';
import { call } from '../bridge/bridge';
import { useFieldErrors } from './useFieldErrors';

type Draft = Pick<SettingsDraft, 'org' | 'store'>;

/** The settings form: what is saved, what has been typed, and what is wrong with it field by field. */
export function useSettings() {
  const [view, setView] = useState<SettingsView | null>(null);
  const [draft, setDraft] = useState<Draft | null>(null);
  const [secrets, setSecrets] = useState<SecretInput>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [saving, setSaving] = useState(false);
  const errors = useFieldErrors();
  const { clear } = errors;

  const take = useCallback(
    (settings: SettingsView) => {
      setView(settings);
      setDraft({ org: settings.org, store: settings.store });
      setSecrets({});
      clear();
    },
    [clear],
  );

  useEffect(() => {
    void call('settings.get').then((answer) => {
      if (answer.ok) take(answer.value);
      else setProblem(answer.problem);
    });
  }, [take]);

  const dirty =
    view !== null &&
    draft !== null &&
    (JSON.stringify(draft) !== JSON.stringify({ org: view.org, store: view.store }) ||
      Object.keys(secrets).length > 0);

  async function save(): Promise<boolean> {
    if (view === null || draft === null || saving) return false;
    setSaving(true);
    // An address typed before choosing files only is out of sight: it must not refuse the rest.
    const store = draft.store.kind === 'http' ? draft.store : { ...view.store, kind: draft.store.kind };
    const answer = await call('settings.save', { org: draft.org, store, secrets });
    setSaving(false);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return false;
    if (answer.value.kind === 'invalid') {
      errors.refuse(answer.value.fields);
      return false;
    }
    take(answer.value.settings);
    return true;
  }

  /** What has changed beside the form; what has been typed stays. */
  const refresh = useCallback(async () => {
    const answer = await call('settings.get');
    if (answer.ok) setView(answer.value);
  }, []);

  return {
    view,
    draft,
    secrets,
    problem,
    saving,
    dirty,
    refusals: errors.refusals,
    hasErrors: errors.hasErrors,
    errorOf: errors.errorOf,
    setOrg(part: Partial<Draft['org']>): void {
      setDraft((before) => before && { ...before, org: { ...before.org, ...part } });
      errors.forget(Object.keys(part).map((field) => `org.${field}`));
    },
    setStore(part: Partial<Draft['store']>): void {
      setDraft((before) => before && { ...before, store: { ...before.store, ...part } });
      errors.forget(Object.keys(part).map((field) => `store.${field}`));
    },
    /** `undefined` leaves the secret as it is. */
    setSecret(name: TypedSecretName, value: string | undefined): void {
      setSecrets(({ [name]: _old, ...others }) =>
        value === undefined ? others : { ...others, [name]: value },
      );
      errors.forget([`secrets.${name}`]);
    },
    discard: () => view !== null && take(view),
    save,
    refresh,
  };
}

export type SettingsForm = ReturnType<typeof useSettings>;
