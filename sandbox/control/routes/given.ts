/** Only what was given: an optional part that is left out must not overwrite anything. */
export const given = (changes: object) =>
  Object.fromEntries(Object.entries(changes).filter(([, value]) => value !== undefined));
