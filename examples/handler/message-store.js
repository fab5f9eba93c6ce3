import { rmSync } from 'node:fs';
import sqlite from 'node-sqlite3-wasm';

/**
 * The order in which a status replaces another. Callbell promises no order of delivery, so a handler keeps the
 * highest status that it has accepted: a late `sent` must not undo `delivered`.
 */
const RANK = { enqueued: 0, sent: 1, failed: 2, delivered: 3, read: 4 };

/** Stores the status of each message, and each effect (a notification, a counter) once for a message and status. */
export class MessageStore {
  #database;

  /** @param {string} file an SQLite file, or `:memory:` */
  constructor(file = ':memory:') {
    // This driver locks by a folder, which a killed process leaves behind. One process alone has this file.
    if (file !== ':memory:') rmSync(`${file}.lock`, { recursive: true, force: true });
    this.#database = new sqlite.Database(file);
    this.#database.exec(`
      CREATE TABLE IF NOT EXISTS messages (uuid TEXT PRIMARY KEY, status TEXT NOT NULL, rank INTEGER NOT NULL);
      CREATE TABLE IF NOT EXISTS effects (uuid TEXT, status TEXT, PRIMARY KEY (uuid, status));
    `);
  }

  /**
   * Applies one status. Safe to call twice and in any order: both statements leave the decision to the database,
   * so two deliveries at the same moment cannot both win.
   *
   * @param {string} uuid of the message
   * @param {string} status one of Callbell's; others, and `mismatch` and `deleted`, change nothing
   * @returns {boolean} whether this status is new for this message: do what must happen once then
   */
  apply(uuid, status) {
    const rank = Object.hasOwn(RANK, status) ? RANK[/** @type {keyof typeof RANK} */ (status)] : undefined;
    if (rank === undefined) return false;
    this.#database.run(
      `INSERT INTO messages VALUES (?, ?, ?)
       ON CONFLICT (uuid) DO UPDATE SET status = excluded.status, rank = excluded.rank WHERE excluded.rank > rank`,
      [uuid, status, rank],
    );
    const { changes } = this.#database.run('INSERT OR IGNORE INTO effects VALUES (?, ?)', [uuid, status]);
    return changes === 1;
  }

  /**
   * Returns the status of a message and how many effects it had.
   *
   * @param {string} uuid
   * @returns {{ status: string, effects: number } | undefined}
   */
  find(uuid) {
    const message = this.#database.get('SELECT status FROM messages WHERE uuid = ?', [uuid]);
    if (!message) return undefined;
    const effects = this.#database.get('SELECT count(*) AS n FROM effects WHERE uuid = ?', [uuid]);
    return { status: String(message.status), effects: Number(effects?.n) };
  }

  close() {
    this.#database.close();
  }
}
