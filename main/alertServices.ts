import { hostname } from 'node:os';
import type { Locale } from '../contract/settings';
import type { Notice } from './engine/alerts/noticeRules';
import type { Translate } from './engine/ports';
import { composeDigest, composeTest } from './mail/compose';
import { createMailer } from './mail/mailer';
import type { AlertServices } from './modes/mail';

/** Mails and notifications in the person's language, whatever it is when they are written. */
export function createAlertServices(options: {
  texts: (locale: Locale) => Translate;
  locale: () => Locale;
  notify: (notice: Notice) => void;
  onMailChanged: () => void;
}): AlertServices {
  const sender = (orgHost: string | null) => {
    const locale = options.locale();
    return { t: options.texts(locale), locale, computer: hostname(), orgHost };
  };
  return {
    mailer: createMailer(),
    compose: (digest, orgHost) => composeDigest(digest, sender(orgHost)),
    composeTest: (orgHost) => composeTest(sender(orgHost)),
    notify: options.notify,
    onMailChanged: options.onMailChanged,
  };
}
