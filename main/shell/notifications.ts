import { Notification } from 'electron';

export interface Toast {
  title: string;
  body: string;
  onClick: () => void;
}

/** So many notifications stay clickable; the oldest are let go. */
const mostKept = 20;

/** Notifications of the operating system; where there are none, nothing happens. */
export function createToasts(): (toast: Toast) => void {
  // One that nobody holds on to may be collected, and a click on it would do nothing.
  const kept = new Set<Notification>();
  return ({ title, body, onClick }) => {
    if (!Notification.isSupported()) return;
    const notification = new Notification({ title, body });
    kept.add(notification);
    const [oldest] = kept;
    if (kept.size > mostKept && oldest !== undefined) kept.delete(oldest);
    notification.on('click', () => {
      kept.delete(notification);
      onClick();
    });
    notification.show();
  };
}
