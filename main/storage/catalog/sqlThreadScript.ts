import { logPragmas } from './logPragmas';

/**
 * What the thread does with its tasks (sqlThread.ts). Text, so that it is the same in the bundle and under test; the driver
 * is handed in by its path.
 */
export const sqlThreadScript = `
  const { parentPort, workerData } = require('node:worker_threads');
  const { DatabaseSync } = require(workerData.driver);
  const db = new DatabaseSync(workerData.path);
  db.exec('PRAGMA synchronous = NORMAL; PRAGMA busy_timeout = 5000; PRAGMA temp_store = FILE;');
  db.exec('PRAGMA foreign_keys = ON; PRAGMA cache_size = -8000;');
  db.exec('${logPragmas}');

  const statements = new Map();
  function prepared(sql) {
    let statement = statements.get(sql);
    if (statement === undefined) {
      statement = db.prepare(sql);
      statement.setReturnArrays(true);
      statements.set(sql, statement);
    }
    return statement;
  }

  function write(pieces) {
    db.exec('BEGIN IMMEDIATE');
    try {
      for (const { sql, each } of pieces) for (const values of each) prepared(sql).run(...values);
      db.exec('COMMIT');
    } catch (error) {
      if (db.isTransaction) db.exec('ROLLBACK');
      throw error;
    }
  }

  function answerTo(task) {
    switch (task.kind) {
      case 'exec':
        db.exec(task.sql);
        return '';
      case 'write':
        write(task.pieces);
        return '';
      case 'read':
        return prepared(task.sql).all(...task.values)[0][0];
    }
  }

  parentPort.on('message', (task) => {
    if (task === null) {
      db.close();
      parentPort.close();
      return;
    }
    try {
      parentPort.postMessage({ ok: true, text: answerTo(task) });
    } catch (error) {
      parentPort.postMessage({ ok: false, text: String(error) });
    }
  });
`;
