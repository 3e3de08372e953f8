import { z } from 'zod';

/**
 * What went wrong, as data. The class decides what the engine does (research/salesforce.md 1.5), the
 * code names the sentence a person reads (`problem.<code>` in the locales), and the parameters fill it.
 */
export const problemClasses = ['transient', 'quota', 'signIn', 'data', 'setup'] as const;
export type ProblemClass = (typeof problemClasses)[number];

/** Every code with its class. A code has one class, so that no caller can mix them up. */
export const problemCatalogue = {
  'org.unreachable': 'transient',
  'org.unavailable': 'transient',
  'org.timeout': 'transient',
  'org.recordLocked': 'transient',
  'org.badAnswer': 'transient',
  'org.answerLost': 'transient',
  'org.callHalted': 'transient',
  'store.unreachable': 'transient',
  'store.unavailable': 'transient',
  'store.badAnswer': 'transient',

  'org.dailyLimit': 'quota',
  'org.concurrentLimit': 'quota',
  'org.signInRate': 'quota',
  'store.rateLimited': 'quota',

  'org.wrongCredentials': 'signIn',
  'org.wrongClient': 'signIn',
  'org.sessionRefused': 'signIn',
  'org.signInRefused': 'signIn',
  'org.browserNeeded': 'signIn',
  'org.signInAgain': 'signIn',
  'org.appNotApproved': 'signIn',
  'org.userInactive': 'signIn',
  'org.keyRefused': 'signIn',
  'store.tokenRefused': 'signIn',
  'secret.missing': 'signIn',
  'keychain.unavailable': 'signIn',

  'keychain.notWritten': 'setup',
  'signIn.denied': 'setup',
  'signIn.timedOut': 'setup',
  'signIn.portsTaken': 'setup',
  'signIn.browserNotOpened': 'setup',
  'signIn.noRefreshToken': 'setup',

  'settings.incomplete': 'setup',
  'settings.invalid': 'setup',
  'org.wrongAddress': 'setup',
  'org.objectMissing': 'setup',
  'org.fieldMissing': 'setup',
  'org.fieldNotUnique': 'setup',
  'org.fieldNotWritable': 'setup',
  'org.noAccess': 'setup',
  'org.apiDisabled': 'setup',
  'org.apiVersion': 'setup',
  'org.storageFull': 'setup',
  'org.priceBookMissing': 'setup',
  'org.priceBookAmbiguous': 'setup',
  'org.warehouseMissing': 'setup',
  'org.warehouseAmbiguous': 'setup',
  'org.companyMissing': 'setup',
  'org.statusMissing': 'setup',
  'org.activeStatusMissing': 'setup',
  'org.serviceProductMissing': 'setup',
  'org.similarNames': 'setup',
  'store.wrongAddress': 'setup',
  'store.currencyMismatch': 'setup',

  'order.unreadable': 'data',
  'order.skuNotInPriceBook': 'data',
  'order.skuAmbiguous': 'data',
  'order.taxIdMissing': 'data',
  'order.taxIdInvalid': 'data',
  'order.buyerNameMissing': 'data',
  'order.buyerAmbiguous': 'data',
  'order.buyerUnknown': 'data',
  'order.noLines': 'data',
  'order.tooManyLines': 'data',
  'order.quantityInvalid': 'data',
  'order.priceInvalid': 'data',
  'order.amountNotExact': 'data',
  'order.totalMismatch': 'data',
  'order.chargeInvalid': 'data',
  'order.taxMismatch': 'data',
  'order.currencyMismatch': 'data',
  'order.textTooLong': 'data',
  'order.requiredField': 'data',
  'order.refusedByRule': 'data',
  'order.duplicateRule': 'data',
  'order.refused': 'data',
  'order.differsInOrg': 'data',
  'order.notDraft': 'data',
  'order.editedInOrg': 'data',
  'order.goneFromOrg': 'data',

  'catalog.busy': 'setup',
  'catalog.interrupted': 'transient',
  'catalog.notPlanned': 'setup',
  'catalog.nothingToUndo': 'setup',
  'catalog.otherStore': 'setup',
  'catalog.otherOrg': 'setup',
  'catalog.unknownSku': 'data',
  'catalog.refused': 'data',
  'catalog.mayBeWritten': 'data',
  'store.listMissing': 'setup',
  'store.listTwice': 'setup',

  'file.unreadable': 'data',
  'file.tooLarge': 'data',
  'file.empty': 'data',
  'file.changed': 'data',
  'file.mappingIncomplete': 'data',
  'file.notWritten': 'setup',
  'file.noRoom': 'setup',
  'file.notOpen': 'setup',

  'mail.unreachable': 'transient',
  'mail.noAnswer': 'transient',
  'mail.busy': 'transient',
  'mail.badAnswer': 'transient',
  'mail.signInRefused': 'signIn',
  'mail.signInNeeded': 'signIn',
  'mail.noEncryption': 'setup',
  'mail.certificate': 'setup',
  'mail.senderRefused': 'setup',
  'mail.recipientRefused': 'setup',
  'mail.refused': 'setup',

  'app.notFound': 'setup',
  'app.invalidCall': 'setup',
  'app.unexpected': 'setup',
  'app.diskFull': 'setup',
} as const satisfies Record<string, ProblemClass>;

export type ProblemCode = keyof typeof problemCatalogue;

const codes = Object.keys(problemCatalogue) as [ProblemCode, ...ProblemCode[]];

export const problemSchema = z.object({
  class: z.enum(problemClasses),
  code: z.enum(codes),
  /** Values for the sentence: SKUs, field names, amounts. Never a secret. */
  params: z.record(z.string(), z.union([z.string(), z.number()])).default({}),
  /** The other side's own words, for people who look closer. */
  detail: z.string().max(4000).optional(),
  /** The line of the order concerned, counted from 1. */
  line: z.number().int().positive().optional(),
});

export type Problem = z.infer<typeof problemSchema>;

/** Makes a problem of the given code; the class follows from the code. */
export function problem(
  code: ProblemCode,
  params: Problem['params'] = {},
  more: { detail?: string; line?: number } = {},
): Problem {
  return {
    class: problemCatalogue[code],
    code,
    params,
    ...(more.detail === undefined ? {} : { detail: more.detail.slice(0, 4000) }),
    ...(more.line === undefined ? {} : { line: more.line }),
  };
}

/** An answer that is either a value or the problem that stood in its way. */
export type Result<T> = { ok: true; value: T } | { ok: false; problem: Problem };

export const ok = <T>(value: T): Result<T> => ({ ok: true, value });
export const failed = (reason: Problem): { ok: false; problem: Problem } => ({ ok: false, problem: reason });
