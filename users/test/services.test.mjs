import assert from "node:assert/strict";
import { createServer } from "node:net";
import { test } from "node:test";
import { createClient } from "@redis/client";
import connectPgSimple from "connect-pg-simple";
import session from "express-session";
import { makeWorkerUtils, run } from "graphile-worker";
import pg from "pg";
import PgBoss from "pg-boss";
import "reflect-metadata";
import typeorm from "typeorm";
import { connections, isOurs, killOthers, skip, until, url } from "./support.mjs";

test("TypeORM: entities, a transaction, an error in one, an idle kill, shutdown", { skip }, async () => {
	const Word = new typeorm.EntitySchema({
		name: "typeorm_word",
		columns: { id: { type: Number, primary: true, generated: true }, text: { type: String, unique: true } },
	});
	const source = new typeorm.DataSource({
		type: "postgres",
		url,
		entities: [Word],
		synchronize: true,
		poolSize: 3,
	});
	await source.initialize();
	// @ts-expect-error the driver's own
	isOurs(source.driver.master);
	const words = source.getRepository(Word);
	await Promise.all(Array.from({ length: 10 }, (_, i) => words.save({ text: `word ${i}` })));
	await assert.rejects(
		source.transaction(async (manager) => {
			await manager.getRepository(Word).save({ text: "new" });
			await manager.getRepository(Word).insert({ text: "word 1" });
		}),
		{ code: "23505" },
	);
	assert.equal(await words.count(), 10);
	await killOthers();
	// @ts-expect-error the driver's own
	await until(() => source.driver.master.totalCount === 0);
	assert.equal(await words.count(), 10);
	await source.destroy();
});

test("pg-boss: a queue, a job that fails and is tried again, an idle kill, and its stop", {
	skip,
}, async () => {
	const boss = new PgBoss({ connectionString: url, max: 3 });
	boss.on("error", () => {});
	await boss.start();
	await boss.createQueue("greetings");
	/** @type {string[]} */
	const seen = [];
	await boss.work("greetings", { pollingIntervalSeconds: 0.5 }, async ([job]) => {
		seen.push(/** @type {{ data: { name: string } }} */ (job).data.name);
	});
	await boss.send("greetings", { name: "ebb" });
	await until(() => seen.includes("ebb"));
	await boss.createQueue("farewells");
	let tries = 0;
	await boss.work("farewells", { pollingIntervalSeconds: 0.5 }, async () => {
		if (++tries === 1) throw new Error("not yet");
	});
	const farewell = await boss.send("farewells", {}, { retryLimit: 1, retryDelay: 0 });
	await until(async () => (await boss.getJobById("farewells", String(farewell)))?.state === "completed");
	assert.equal(tries, 2);
	await killOthers();
	// A job whose query meets the end of its connection fails; the next one does not.
	await until(() => boss.send("greetings", { name: "flow" }).then(Boolean, () => false));
	await until(() => seen.includes("flow"));
	await boss.stop({ graceful: true, wait: true });
	await until(async () => (await connections()) === 0);
});

test("graphile-worker: tasks by notification, one that fails and is tried again, an idle kill, shutdown", {
	skip,
}, async () => {
	const pool = new pg.Pool({ connectionString: url, max: 5 });
	pool.on("error", () => {});
	isOurs(pool);
	/** @type {number[]} */
	const seen = [];
	let tries = 0;
	const runner = await run({
		pgPool: pool,
		concurrency: 2,
		noHandleSignals: true,
		pollInterval: 500,
		taskList: {
			count: async (payload) => void seen.push(/** @type {{ n: number }} */ (payload).n),
			fail: async () => {
				if (++tries === 1) throw new Error("not yet");
			},
		},
	});
	const utils = await makeWorkerUtils({ pgPool: pool });
	await Promise.all(Array.from({ length: 10 }, (_, n) => utils.addJob("count", { n })));
	await until(() => seen.length === 10);
	await utils.addJob("fail", {}, { maxAttempts: 2 });
	await until(() => tries === 2);
	await killOthers();
	await until(() => utils.addJob("count", { n: 10 }).then(Boolean, () => false));
	await until(() => seen.includes(10));
	await utils.release();
	await runner.stop();
	await pool.end();
	await until(async () => (await connections()) === 0);
});

test("connect-pg-simple: sessions are kept, also over an idle kill, read and destroyed; an error in one", {
	skip,
}, async () => {
	const pool = new pg.Pool({ connectionString: url });
	pool.on("error", () => {});
	const Store = connectPgSimple(session);
	const store = new Store({ pool, createTableIfMissing: true, pruneSessionInterval: false });
	const call = (/** @type {"get" | "set" | "destroy"} */ method, /** @type {any[]} */ ...args) =>
		new Promise((resolve, reject) => {
			// @ts-expect-error three methods, one way to call them
			store[method](...args, (/** @type {unknown} */ error, /** @type {unknown} */ result) =>
				error ? reject(error) : resolve(result),
			);
		});
	await call("set", "id", { cookie: { maxAge: 1_000 }, user: "ada" });
	assert.equal(/** @type {any} */ (await call("get", "id")).user, "ada");
	await killOthers();
	await until(() => pool.totalCount === 0);
	assert.equal(/** @type {any} */ (await call("get", "id")).user, "ada");
	await pool.query("alter table session rename to elsewhere");
	await assert.rejects(call("get", "id"), { code: "42P01" });
	await pool.query("alter table elsewhere rename to session");
	await call("destroy", "id");
	assert.equal(await call("get", "id"), undefined);
	await store.close();
	await pool.end();
});

/** Enough of a Redis server: it says hello, and what it was asked to echo. */
async function redis() {
	let connected = 0;
	/** @type {Set<import("node:net").Socket>} */
	const sockets = new Set();
	const server = createServer((socket) => {
		connected++;
		sockets.add(socket);
		socket.on("close", () => sockets.delete(socket));
		socket.on("error", () => {});
		socket.on("data", (data) => {
			const parts = data.toString().split("\r\n");
			for (let i = 0; i < parts.length; i++) {
				const length = /^\*(\d+)$/.exec(parts[i] ?? "")?.[1];
				if (length === undefined) continue;
				const [name, argument = ""] = [parts[i + 2]?.toUpperCase(), parts[i + 4]];
				socket.write(name === "ECHO" ? `$${argument.length}\r\n${argument}\r\n` : "+OK\r\n");
			}
		});
	});
	await new Promise((resolve) => server.listen(0, "127.0.0.1", () => resolve(undefined)));
	const { port } = /** @type {import("node:net").AddressInfo} */ (server.address());
	const kill = () => {
		for (const socket of sockets) socket.destroy();
	};
	return { server, port, count: () => connected, kill };
}

test("@redis/client lends its isolated connections from the stand-in for generic-pool: commands, an error in one, an idle kill, shutdown", async () => {
	const { server, port, count, kill } = await redis();
	let ends = false;
	const client = createClient({
		url: `redis://127.0.0.1:${port}`,
		// One that was connecting anew when it was told to disconnect goes on, with the original too.
		socket: { reconnectStrategy: () => (ends ? false : 10) },
		isolationPoolOptions: { max: 3, min: 0 },
	});
	client.on("error", () => {});
	await client.connect();
	const echoed = await Promise.all(
		Array.from({ length: 20 }, (_, i) =>
			client.executeIsolated((own) => own.sendCommand(["ECHO", `word ${i}`])),
		),
	);
	assert.deepEqual(
		echoed,
		Array.from({ length: 20 }, (_, i) => `word ${i}`),
	);
	assert.ok(count() <= 4, `expected at most 3 isolated connections, got ${count() - 1}`);
	await assert.rejects(
		client.executeIsolated(async () => {
			throw new Error("mine");
		}),
		{ message: "mine" },
	);
	kill();
	const echo = () => client.executeIsolated((own) => own.sendCommand(["ECHO", "again"]));
	await until(() =>
		echo().then(
			(answer) => answer === "again",
			() => false,
		),
	);
	await client.disconnect();
	ends = true;
	kill();
	server.close();
});
