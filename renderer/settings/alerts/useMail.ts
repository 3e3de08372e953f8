import { useCallback, useEffect, useState } from 'react';
import type { AlertsView, DesktopChoices, MailDraft } from '../../../contract/mail';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useEvent } from '../../bridge/useEvent';
import { useFieldErrors } from '../useFieldErrors';

/** The form of the mails: what is saved, what has been typed, and how the mails on their way are. */
export function useMail() {
  const [view, setView] = useState<AlertsView | null>(null);
  const [draft, setDraft] = useState<MailDraft | null>(null);
  /** `undefined` leaves the password as it is. */
  const [password, setPassword] = useState<string | undefined>(undefined);
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'saving' | 'testing' | null>(null);
  const errors = useFieldErrors();
  const { clear } = errors;

  const take = useCallback(
    (saved: AlertsView) => {
      setView(saved);
      setDraft(saved.mail);
      setPassword(undefined);
      clear();
    },
    [clear],
  );

  useEffect(() => {
    void call('alerts.get').then((answer) => {
      if (answer.ok) take(answer.value);
      else setProblem(answer.problem);
    });
  }, [take]);

  // What is typed stays; only the state of the queue is news.
  useEvent('alerts.changed', () => {
    void call('alerts.get').then((answer) => {
      if (answer.ok) setView((before) => before && { ...before, queue: answer.value.queue });
    });
  });

  const dirty =
    view !== null &&
    draft !== null &&
    (JSON.stringify(draft) !== JSON.stringify(view.mail) || password !== undefined);

  const form = () =>
    draft === null ? null : { settings: draft, ...(password === undefined ? {} : { password }) };

  async function save(): Promise<boolean> {
    const typed = form();
    if (typed === null || busy !== null || !dirty) return false;
    setBusy('saving');
    const answer = await call('alerts.saveMail', typed);
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return false;
    if (answer.value.kind === 'invalid') errors.refuse(answer.value.fields);
    else take(answer.value.alerts);
    return answer.value.kind === 'saved';
  }

  /** Sends a test mail with what has been typed; the recipients that the server took, or null. */
  async function test(): Promise<string[] | null> {
    const typed = form();
    if (typed === null || busy !== null) return null;
    setBusy('testing');
    const answer = await call('alerts.testMail', typed);
    setBusy(null);
    setProblem(answer.ok ? null : answer.problem);
    if (!answer.ok) return null;
    if (answer.value.kind === 'sent') return answer.value.recipients;
    errors.refuse(answer.value.fields);
    return null;
  }

  return {
    view,
    draft,
    password,
    problem,
    busy,
    dirty,
    refusals: errors.refusals,
    errorOf: errors.errorOf,
    set(part: Partial<MailDraft>): void {
      setDraft((before) => before && { ...before, ...part });
      errors.forget(Object.keys(part));
    },
    setPassword(value: string | undefined): void {
      setPassword(value);
      errors.forget(['password']);
    },
    discard: () => view !== null && take(view),
    save,
    test,
  };
}

export type MailForm = ReturnType<typeof useMail>;
/** The form once it has been read. */
export type OpenMail = MailForm & { view: AlertsView; draft: MailDraft };

/** How the program behaves on this desktop; every choice counts at once. */
export function useDesktop() {
  const [choices, setChoices] = useState<DesktopChoices | null>(null);
  const [problem, setProblem] = useState<Problem | null>(null);
  useEffect(() => {
    void call('alerts.get').then((answer) => {
      if (answer.ok) setChoices(answer.value.desktop);
      else setProblem(answer.problem);
    });
  }, []);
  return {
    choices,
    problem,
    async set(part: Partial<DesktopChoices>): Promise<void> {
      if (choices === null) return;
      const answer = await call('alerts.setDesktop', { ...choices, ...part });
      setProblem(answer.ok ? null : answer.problem);
      if (answer.ok) setChoices(answer.value.desktop);
    },
  };
}
