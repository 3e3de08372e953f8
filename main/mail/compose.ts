import type { Problem } from '../../contract/problem';
import type { Locale } from '../../contract/settings';
import type { Digest } from '../engine/alerts/digest';
import type { FailedOrder, Letter, Outage } from '../engine/alerts/ports';
import { scheduleText } from '../engine/alerts/scheduleText';
import type { ScheduleMatter } from '../engine/catalog/scheduleHealth';
import type { Translate } from '../engine/ports';
import { createMailFormat } from './format';
import { type Block, toHtml, toText } from './letter';

export interface Sender {
  t: Translate;
  locale: Locale;
  /** The computer's name, for offices with more than one. */
  computer: string;
  orgHost: string | null;
}

/** More problems of one order than this are counted, not told. */
const mostProblems = 5;
const longestSubject = 150;

/** Writes what a digest tells, as text and as HTML, in the person's language. */
export function composeDigest(digest: Digest, sender: Sender): Letter {
  const { t } = sender;
  if (digest.kind === 'allWell')
    return letter(t('alerts.mail.allWell.subject'), sender, [
      { kind: 'heading', text: t('alerts.mail.allWell.title') },
      { kind: 'paragraph', text: t('alerts.mail.allWell.text') },
    ]);
  return letter(subject(digest, t), sender, [
    ...digest.outages.flatMap((outage) => aboutOutage(outage, sender)),
    ...(digest.schedule === null ? [] : [aboutSchedule(digest.schedule, sender)]),
    ...aboutOrders(digest, sender),
    { kind: 'paragraph', text: t('alerts.mail.until') },
  ]);
}

/** What the test button sends. */
export function composeTest(sender: Sender): Letter {
  const { t } = sender;
  return letter(t('alerts.mail.test.subject'), sender, [
    { kind: 'heading', text: t('alerts.mail.test.title') },
    { kind: 'paragraph', text: t('alerts.mail.test.text') },
  ]);
}

function letter(about: string, sender: Sender, blocks: Block[]): Letter {
  const { t, computer, orgHost } = sender;
  const from = t('alerts.mail.from', { computer });
  const org = orgHost === null ? '' : ` ${t('alerts.mail.org', { host: orgHost })}`;
  const whole: Block[] = [...blocks, { kind: 'footer', text: `${from}${org}` }];
  const line = oneLine(about).slice(0, longestSubject);
  return { subject: line, text: toText(whole), html: toHtml(whole, line, sender.locale) };
}

type Trouble = Extract<Digest, { kind: 'trouble' }>;

/** The most pressing thing: a refused sign-in stops everything, orders wait for a person, outages may pass. */
function subject({ orders, orderCount, outages, failedCount, schedule }: Trouble, t: Translate): string {
  const refused = outages.find(({ problem }) => problem.class === 'signIn');
  const [first] = orders;
  if (refused === undefined && first !== undefined)
    return orderCount === 1
      ? t('alerts.mail.subject.order', { order: named(first, t) })
      : t('alerts.mail.subject.orders', { count: orderCount });
  const outage = refused ?? outages[0];
  if (outage === undefined && schedule !== null) return t('alerts.mail.subject.schedule');
  return outage === undefined
    ? t('alerts.mail.subject.orders', { count: failedCount })
    : t('alerts.mail.subject.problem', {
        title: t(`problem.${outage.problem.code}.title`, outage.problem.params),
      });
}

function aboutOutage({ side, since, problem }: Outage, { t, locale }: Sender): Block[] {
  const when = createMailFormat(locale).dateTime(since);
  return [
    {
      kind: 'item',
      title: t(`problem.${problem.code}.title`, problem.params),
      facts: [t(`alerts.mail.down.${side}`, { when })],
      reasons: [{ title: '', action: t(`problem.${problem.code}.action`, problem.params) }],
    },
  ];
}

function aboutSchedule(matter: ScheduleMatter, { t }: Sender): Block {
  const { title, reasons } = scheduleText(matter, t);
  return { kind: 'item', title, facts: [], reasons };
}

function aboutOrders({ orders, orderCount, failedCount }: Trouble, sender: Sender): Block[] {
  const { t } = sender;
  if (orderCount === 0) return [];
  const blocks: Block[] = [
    { kind: 'heading', text: t('alerts.mail.orders', { count: orderCount }) },
    ...orders.map((order) => aboutOrder(order, sender)),
  ];
  if (orderCount > orders.length)
    blocks.push({ kind: 'paragraph', text: t('alerts.mail.more', { count: orderCount - orders.length }) });
  if (failedCount > orderCount)
    blocks.push({ kind: 'paragraph', text: t('alerts.mail.inAll', { count: failedCount }) });
  blocks.push({ kind: 'paragraph', text: t('alerts.mail.whereTo') });
  return blocks;
}

function aboutOrder(order: FailedOrder, { t, locale }: Sender): Block {
  const format = createMailFormat(locale);
  const { total, currency, problems } = order;
  const more = problems.length - mostProblems;
  return {
    kind: 'item',
    title: named(order, t),
    facts: [order.buyerName, total === null || currency === null ? '' : format.amount(total, currency)]
      .map(oneLine)
      .filter((fact) => fact !== ''),
    reasons: [
      ...problems.slice(0, mostProblems).map((one) => sentences(one, t)),
      ...(more > 0 ? [{ title: t('alerts.mail.moreProblems', { count: more }), action: '' }] : []),
    ],
  };
}

const named = ({ number }: FailedOrder, t: Translate): string =>
  number === '?' ? t('alerts.order.noNumber') : t('alerts.order.number', { number: oneLine(number) });

/** The same sentences as the window's. The other side's own words stay in the program: they may hold anything. */
function sentences(one: Problem, t: Translate): { title: string; action: string } {
  const place = one.line === undefined ? '' : `${t('problem.line', { line: one.line })} `;
  return {
    title: place + t(`problem.${one.code}.title`, one.params),
    action: t(`problem.${one.code}.action`, one.params),
  };
}

const oneLine = (text: string): string => text.replace(/\s+/g, ' ').trim();
