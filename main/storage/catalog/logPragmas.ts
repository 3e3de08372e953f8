/**
 * What each connection is told of the write-ahead log. Nobody carries it over who only commits (checkpoints.ts). One that
 * begins anew gives its room back at once: by itself its file keeps the size it once had, which then tells nothing of what
 * is in it (SQLite, "PRAGMA journal_size_limit").
 */
export const logPragmas = 'PRAGMA wal_autocheckpoint = 0; PRAGMA journal_size_limit = 0;';
