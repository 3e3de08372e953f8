import type { Destination } from '../../contract/mail';
import type { Notice } from '../engine/alerts/noticeRules';
import { scheduleText } from '../engine/alerts/scheduleText';
import type { Translate } from '../engine/ports';

/** A notice in the person's language, and where a click on it leads. */
export function noticeText(
  notice: Notice,
  t: Translate,
): { title: string; body: string; to: Destination | null } {
  switch (notice.kind) {
    case 'order': {
      const { number, problem } = notice;
      const order = number === '?' ? t('alerts.order.noNumber') : t('alerts.order.number', { number });
      return {
        title: t('alerts.notice.order', { order }),
        body: problem === null ? '' : t(`problem.${problem.code}.title`, problem.params),
        to: { screen: 'order', id: notice.id },
      };
    }
    case 'orders': {
      const { count } = notice;
      return {
        title: t('alerts.notice.orders', { count }),
        body: t('alerts.notice.ordersText', { count }),
        to: { screen: 'failedOrders' },
      };
    }
    case 'changed': {
      const order = t('alerts.order.number', { number: notice.number });
      return {
        title: t('alerts.notice.changed', { order }),
        body: t('alerts.notice.changedText'),
        to: { screen: 'order', id: notice.id },
      };
    }
    case 'changedOrders':
      return {
        title: t('alerts.notice.changedOrders', { count: notice.count }),
        body: t('alerts.notice.changedText'),
        to: { screen: 'changedOrders' },
      };
    case 'down': {
      const { code, params, class: kind } = notice.problem;
      return {
        title: t(`problem.${code}.title`, params),
        body: t(`problem.${code}.action`, params),
        to: kind === 'signIn' || kind === 'setup' ? { screen: 'settings' } : null,
      };
    }
    case 'schedule': {
      const { title, reasons } = scheduleText(notice.matter, t);
      const [first] = reasons;
      return { title, body: first?.title || first?.action || '', to: { screen: 'catalog' } };
    }
    case 'up':
      return { title: t('alerts.notice.up'), body: t(`alerts.notice.upText.${notice.side}`), to: null };
  }
}
