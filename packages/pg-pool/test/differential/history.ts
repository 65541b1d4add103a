import type { EventEmitter } from "node:events";
import { type Client, Server, Client as StubClient } from "./client.ts";

/** One step of a history. The number chooses among what there is at that moment; where there is nothing, nothing is done. */
export type Step =
	| { readonly do: "connect" | "query" | "failing query"; readonly callback: boolean }
	| { readonly do: "release" | "break" | "release again" | "lose" | "end client"; readonly which: number }
	| { readonly do: "failing connect" | "end" };

export interface Config {
	readonly max: number;
	readonly maxUses: number;
	readonly steps: readonly Step[];
}

type Lent = Client & { release(error?: unknown): void };

// biome-ignore lint/suspicious/noExplicitAny: the real one and the stand-in have the same interface, but not the same types.
type PoolClass = new (options: any, client: any) => any;

/** Longer than the stand-in's pause after a failed connection, in these histories. */
const afterFailure = () => new Promise((resolve) => setTimeout(resolve, 3));

/** Runs a history on a pool, and tells all that its users can see, step by step. */
export async function run(Pool: PoolClass, { max, maxUses, steps }: Config): Promise<string[][]> {
	const server = new Server();
	const options = { max, maxUses, server, idleTimeoutMillis: 0, retryDelay: 1, maxRetryDelay: 1 };
	const pool = new Pool(options, StubClient);
	const log: string[][] = [];
	let now: string[] = [];
	const lent: { readonly caller: number; readonly client: Lent; released: boolean }[] = [];
	let callers = 0;

	for (const event of ["connect", "acquire", "remove"]) {
		(pool as EventEmitter).on(event, (client: Client) => now.push(`${event} ${client.id}`));
	}
	pool.on("release", (error: unknown, { id }: Client) => now.push(`release ${id} ${String(error)}`));
	pool.on("error", (error: Error, { id }: Client) => now.push(`error ${error.message} ${id}`));

	const got = (caller: number) => (error: Error | undefined, client: Lent | undefined) => {
		if (error || client === undefined) {
			now.push(`caller ${caller}: ${error?.message}`);
			return;
		}
		now.push(`caller ${caller}: client ${client.id}`);
		lent.push({ caller, client, released: false });
		// Users are to listen while they have a client.
		if (client.listenerCount("error") < 2) client.on("error", () => {});
	};
	const answered = (caller: number) => (error: Error | undefined, result: { rows: string[] } | undefined) =>
		now.push(`caller ${caller}: ${error ? error.message : result?.rows}`);
	const out = () => lent.filter(({ released }) => !released);
	const choose = <T>(list: readonly T[], which: number): T | undefined => list[which % list.length];

	async function take(step: Step): Promise<void> {
		switch (step.do) {
			case "connect": {
				const tell = got(callers++);
				if (step.callback) pool.connect(tell);
				else pool.connect().then((client: Lent) => tell(undefined, client), tell);
				return;
			}
			case "query":
			case "failing query": {
				const tell = answered(callers++);
				const text = step.do === "query" ? "fine" : "fails";
				if (step.callback) pool.query(text, tell);
				else pool.query(text).then((result: { rows: string[] }) => tell(undefined, result), tell);
				return;
			}
			case "failing connect": {
				// With others waiting, the stand-in tells all of them at once; with an idle client none is opened.
				if (pool.waitingCount > 0 || pool.idleCount > 0 || pool.totalCount >= max || pool.ending) return;
				server.failures = 1;
				pool.connect(got(callers++));
				await server.quiet();
				await afterFailure();
				return;
			}
			case "release":
			case "break": {
				const loan = choose(out(), step.which);
				if (loan === undefined) return;
				loan.released = true;
				loan.client.release(step.do === "break" ? new Error("broken") : undefined);
				return;
			}
			case "release again": {
				// Only while nobody else has the client: a second release is the next user's first one in pg-pool.
				const again = lent.filter(
					({ released, client }) => released && !out().some((loan) => loan.client.id === client.id),
				);
				try {
					choose(again, step.which)?.client.release();
				} catch (error) {
					now.push(`thrown: ${(error as Error).message}`);
				}
				return;
			}
			case "lose":
				choose(
					server.clients.filter(
						({ _connected, _ending, _queryable }) => _connected && !_ending && _queryable,
					),
					step.which,
				)?.lose();
				return;
			case "end client":
				choose(out(), step.which)?.client.end();
				return;
			case "end":
				// Those who wait then are never answered by pg-pool.
				if (pool.waitingCount > 0) return;
				pool.end((error?: Error) => now.push(`ended ${String(error)}`));
		}
	}

	for (const step of steps) {
		now = [`-- ${JSON.stringify(step)}`];
		await take(step);
		await server.quiet();
		const { totalCount, idleCount, waitingCount, ending, ended } = pool;
		now.push(JSON.stringify({ totalCount, idleCount, waitingCount, ending, ended }));
		log.push(now);
	}
	// Whoever waits is served while `release` runs by pg-pool, and right after it by the stand-in: so one at a time.
	now = ["-- all is given back"];
	for (const loan of out()) {
		loan.released = true;
		loan.client.release();
		await server.quiet();
	}
	return [...log, now];
}
