import assert from "node:assert/strict";
import { test } from "node:test";
import { openConnection, type Sqlite } from "../dist/sqlite-store.js";

/** Stands for SQLite, which not every Node has, with what happens to a connection. */
function sqlite(failure?: Error) {
	const log: string[] = [];
	class DatabaseSync {
		exec(sql: string): void {
			log.push(...sql.split("; "));
			if (failure !== undefined) throw failure;
		}

		prepare(): never {
			throw new Error("not asked for here");
		}

		close(): void {
			log.push("close");
		}
	}
	return { log, module: { DatabaseSync } satisfies Sqlite };
}

test("a connection waits for locks before it asks for anything that may be locked", () => {
	const { log, module } = sqlite();
	openConnection(module, "notes.db");
	assert.deepEqual(log, ["pragma busy_timeout = 5000", "pragma journal_mode = wal"]);
});

test("a connection that cannot be set up is closed", () => {
	const failure = new Error("file is not a database");
	const { log, module } = sqlite(failure);
	assert.throws(() => openConnection(module, "notes.db"), failure);
	assert.equal(log.at(-1), "close");
});
