import { test } from "node:test";
import { setTimeout } from "node:timers/promises";
import { assert } from "chai";
import { postgresPool } from "../dist/postgres-pool.js";
import { type Answers, ask } from "./support/ask.ts";
import { Observer } from "./support/observer.ts";
import { PgBouncer } from "./support/pgbouncer.ts";
import { Postgres } from "./support/postgres.ts";
import { missing } from "./support/programs.ts";

const APPLICATION = "ebbpool-bouncer-outages";
const BACKENDS = 3;
const KILLS = 30;
const CUT_OFF = /server conn crashed|Connection terminated|not queryable|ECONNRESET/;

const skip = missing("postgres", "initdb", "pgbouncer");

test("clients go on while backends behind PgBouncer are killed, and after PgBouncer itself was", {
	skip,
	timeout: 300_000,
}, async (t) => {
	const server = await Postgres.start();
	const bouncer = await PgBouncer.start(server.port, BACKENDS);
	// PgBouncer passes the application's name on.
	const observer = await Observer.connect(server.connection, APPLICATION);
	const pool = postgresPool({ ...bouncer.connection, application_name: APPLICATION }, { max: 5 });
	const answers: Answers = { right: 0, wrong: 0, errors: [] };
	const { errors } = answers;
	let over = false;
	const goOn = async () => {
		const start = performance.now();
		for (const { right } = answers; answers.right === right; ) await setTimeout(5);
		return performance.now() - start;
	};
	try {
		const clients = Promise.all(
			Array.from({ length: 20 }, (_, name) => ask(pool, answers, name, () => over)),
		);
		await goOn();
		const deadline = Date.now() + 200_000;
		while (observer.killed.size < KILLS) {
			assert.isOk(Date.now() < deadline, `${observer.killed.size} killed`);
			await observer.kill("active", 1);
			await setTimeout(10);
		}
		// What the last kills led to comes in its own time.
		for (let before = -1; before !== errors.length; await setTimeout(500)) before = errors.length;
		await goOn();
		const afterKills = errors.length;
		// A query hears that its backend is killed; PgBouncer then ends the client's connection, on which the next query may
		// have begun.
		const killed = errors.filter(({ code }) => code === "57P01").length;
		const cutOff = errors.filter(({ message }) => CUT_OFF.test(message)).length;
		assert.isOk(killed > 0 && killed <= KILLS, `${killed} queries killed by ${KILLS} kills`);
		assert.isOk(cutOff <= KILLS, `${cutOff} queries cut off by ${KILLS} kills`);
		assert.strictEqual(killed + cutOff, afterKills, `all explained: ${errors.map(String).join("; ")}`);
		const quiet = answers.right;
		while (answers.right === quiet) await setTimeout(200);
		assert.strictEqual(errors.length, afterKills, "no failure without a kill");

		await bouncer.stop("SIGQUIT");
		while (errors.length === afterKills) await setTimeout(200);
		await bouncer.start();
		const recovered = await goOn();
		over = true;
		await clients;
		assert.strictEqual(answers.wrong, 0);
		await pool.drain();
		assert.strictEqual(pool.stats().open, 0);
		assert.isOk((await observer.backends()) <= BACKENDS);
		t.diagnostic(
			`${KILLS} backends killed: ${killed} queries killed, ${cutOff} cut off; PgBouncer away for 0.2 s and more: ` +
				`${errors.length - afterKills} errors, answers again after ${recovered.toFixed(0)} ms; ${answers.right} right in all`,
		);
	} finally {
		over = true;
		await pool.drain({ timeout: 1_000 }).catch(() => {});
		await observer.end();
		await bouncer.end();
		await server.end();
	}
});
