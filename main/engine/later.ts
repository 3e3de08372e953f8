/**
 * A promise that is awaited later on, when something else has been done. Until then its rejection is nobody's: where that
 * something fails, the promise is never awaited at all.
 */
export function later<T>(promise: Promise<T>): Promise<T> {
  promise.catch(() => undefined);
  return promise;
}
