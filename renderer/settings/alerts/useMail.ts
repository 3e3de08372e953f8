import { useCallback, useEffect, useState } from 'react';
import type { AlertsView, DesktopChoices, MailDraft } from '../../../contract/mail';
import type { Problem } from '../../../contract/problem';
import { call } from '../../bridge/bridge';
import { useEvent } from '../../bridge/useEvent';

/** The form of the mails: what is saved, what has been typed, and how the mails on their way are. */
export function useMail() {
  const [view, setView] = useState<AlertsView | null>(null);
  const [draft, setDraft] = useState<MailDraft | null>(null);
  /** `undefined` leaves the password as it is. */
  const [password, setPassword] = useState<string | undefined>(undefined);
  const [errors, setErrors] = useState<Record<string, string>>({});
  const [problem, setProblem] = useState<Problem | null>(null);
  const [busy, setBusy] = useState<'saving' | 'testing' | null>(null);
  const [refusals, setRefusals] = useState(0);

  const take = useCallback((saved: AlertsView) => {
    setView(saved);
    setDraft(saved.mail);
    setPassword(undefined);
    setErrors({});
  }, []);

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

  function refuse(fields: Record<string, string>): void {
    setErrors(fields);
    setRefusals((count) => count + 1);
  }

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
    if (answer.value.kind === 'invalid') refuse(answer.value.fields);
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
    refuse(answer.value.fields);
    return null;
  }

  return {
    view,
    draft,
    password,
    problem,
    busy,
    dirty,
    refusals,
    errorOf: (path: string): string | null => errors[path] ?? null,
    set(part: Partial<MailDraft>): void {
      setDraft((before) => before && { ...before, ...part });
      const paths = Object.keys(part);
      setErrors((before) =>
        Object.fromEntries(
          Object.entries(before).filter(([path]) => !paths.includes(path.split('.')[0] ?? '')),
        ),
      );
    },
    setPassword(value: string | undefined): void {
      setPassword(value);
      setErrors(({ password: _gone, ...others }) => others);
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
