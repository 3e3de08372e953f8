/** What a mail has told of updates by schedule that need a person still, by its reason. */
export const migration = `
CREATE TABLE told_schedule (
  id     INTEGER PRIMARY KEY CHECK (id = 1),
  reason TEXT NOT NULL
) STRICT;
`;
