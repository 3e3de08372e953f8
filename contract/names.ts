/*
 * The names alone, without the schemas behind them: preload offers exactly these, and must stay small. That
 * they are the keys of `calls` and `events` is checked where those are defined.
 */

export const callNames = [
  'status.get',
  'app.setLocale',
  'app.setMode',
  'app.setAutomatic',
  'settings.get',
  'settings.save',
  'settings.verify',
  'signIn.get',
  'signIn.start',
  'signIn.cancel',
  'rules.get',
  'rules.save',
  'rules.preview',
  'alerts.get',
  'alerts.saveMail',
  'alerts.testMail',
  'alerts.setDesktop',
  'orders.list',
  'orders.get',
  'orders.outgoing',
  'orders.sendNow',
  'orders.sendAll',
  'orders.hold',
  'orders.release',
  'orders.dismiss',
  'orders.restore',
  'orders.undo',
  'orders.sendChange',
  'orders.markSeen',
  'orders.openInOrg',
  'log.list',
  'import.pickFile',
  'import.preview',
  'import.orders',
  'import.run',
  'import.close',
  'demo.confirmOrders',
  'demo.addProducts',
  'demo.openSimulator',
] as const;

export const eventNames = [
  'status.changed',
  'orders.changed',
  'log.changed',
  'verify.changed',
  'signIn.changed',
  'alerts.changed',
  'app.navigate',
] as const;

export type CallName = (typeof callNames)[number];
export type EventName = (typeof eventNames)[number];
