/** Mails on their way to the administrator, and what they have told. */
export const migration = `
CREATE TABLE mails (
  id           INTEGER PRIMARY KEY AUTOINCREMENT,
  message_id   TEXT NOT NULL UNIQUE,
  subject      TEXT NOT NULL,
  text         TEXT NOT NULL,
  html         TEXT NOT NULL,
  created_at   INTEGER NOT NULL,
  tries        INTEGER NOT NULL DEFAULT 0,
  -- Null when it needs no further try: it was sent or given up.
  next_try_at  INTEGER,
  sent_at      INTEGER,
  given_up_at  INTEGER,
  problem      TEXT
) STRICT;
CREATE INDEX mails_due ON mails (next_try_at) WHERE next_try_at IS NOT NULL;

-- Orders that a mail has told and that are not settled, by the reason it gave.
CREATE TABLE told_orders (
  order_id INTEGER PRIMARY KEY REFERENCES orders (id) ON DELETE CASCADE,
  reason   TEXT NOT NULL
) STRICT;

-- Sides of the bridge that are down; told is the code of the problem that a mail gave.
CREATE TABLE outages (
  side    TEXT PRIMARY KEY CHECK (side IN ('store', 'org')),
  since   INTEGER NOT NULL,
  problem TEXT NOT NULL,
  told    TEXT
) STRICT;

CREATE TABLE alert_state (
  id           INTEGER PRIMARY KEY CHECK (id = 1),
  open         INTEGER NOT NULL,
  last_mail_at INTEGER
) STRICT;
INSERT INTO alert_state (id, open, last_mail_at) VALUES (1, 0, NULL);
`;
