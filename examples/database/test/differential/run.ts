import { setTimeout } from "node:timers/promises";
import pg from "pg";
import { COUNT, type LentStep, type Program, type Step, textOf } from "./program.ts";

const QUIET_WITHIN = 120_000;

type Client = pg.PoolClient & { readonly processID: number };

// biome-ignore lint/suspicious/noExplicitAny: the real one and the stand-in have the same interface, but not the same types.
export type PoolClass = new (options: any, client: any) => pg.Pool;

interface Loan {
	readonly client: Client;
	readonly onError: (error: Error) => void;
}

let runs = 0;

/** Runs a program on a pool of connections to a server, and tells all that its users can see, step by step. */
export class Run {
	readonly #program: Program;
	readonly #pool: pg.Pool;
	readonly #observer: pg.Client;
	readonly #run = ++runs;
	#now: string[] = [];
	readonly #clients: Client[] = [];
	readonly #gone = new Set<Client>();
	#removed = 0;
	readonly #out: Loan[] = [];
	#callers = 0;
	#answered = 0;
	#endAnswered = false;

	constructor(Pool: PoolClass, program: Program, connection: pg.ClientConfig, observer: pg.Client) {
		const { max, maxUses } = program;
		this.#program = program;
		this.#observer = observer;
		const pool = new Pool({ ...connection, max, maxUses, idleTimeoutMillis: 0 }, pg.Client);
		this.#pool = pool;
		pool.on("connect", (client) => {
			this.#clients.push(client as Client);
			this.#tell(`connect ${this.#id(client)}`);
			client.once("end", () => this.#gone.add(client as Client));
		});
		pool.on("acquire", (client) => this.#tell(`acquire ${this.#id(client)}`));
		pool.on("release", (error, client) => this.#tell(`release ${this.#id(client)} ${String(error)}`));
		pool.on("remove", (client) => {
			this.#removed++;
			this.#tell(`remove ${this.#id(client)}`);
		});
		pool.on("error", (error, client) => this.#tell(`error ${this.#id(client)} ${error.message}`));
	}

	#tell(entry: string): void {
		this.#now.push(entry);
	}

	#id(client: unknown): number {
		return this.#clients.indexOf(client as Client) + 1;
	}

	async log(): Promise<string[][]> {
		const log: string[][] = [];
		try {
			for (const step of this.#program.steps) {
				this.#now = [`-- ${JSON.stringify(step)}`];
				await this.#take(step);
				await this.#quiet();
				const { totalCount, idleCount, waitingCount, ending, ended } = this.#pool;
				this.#tell(JSON.stringify({ totalCount, idleCount, waitingCount, ending, ended }));
				log.push(this.#now);
			}
		} finally {
			// What happens from here on is of no interest, and no reason to end the process before it has told what went wrong.
			for (const client of this.#clients) client.on("error", () => {});
			// One at a time: each lets somebody in who waits.
			for (let loan = this.#out[0]; loan !== undefined; loan = this.#out[0]) {
				this.#release(loan, new Error("over"));
				await this.#quiet();
			}
			if (!this.#pool.ending) await this.#pool.end();
		}
		return log;
	}

	async #take(step: Step): Promise<void> {
		switch (step.do) {
			case "connect":
				this.#connect(step.callback);
				return;
			case "query":
			case "failing query":
				this.#query(step.do === "query", step.callback);
				return;
			case "kill idle": {
				const lent = new Set(this.#out.map(({ client }) => client));
				const idle = this.#clients.filter((client) => !lent.has(client) && !this.#gone.has(client));
				const client = idle[step.which % idle.length];
				if (client !== undefined) await this.#kill(client);
				return;
			}
			case "end":
				// Those who wait then are never answered by pg-pool.
				if (this.#pool.waitingCount > 0) return;
				this.#pool.end().then(
					() => {
						this.#endAnswered = true;
						this.#tell("ended");
					},
					(error: Error) => this.#tell(`not ended: ${error.message}`),
				);
				return;
			default: {
				const loan = this.#out[step.which % this.#out.length];
				if (loan !== undefined) await this.#use(loan, step.do);
			}
		}
	}

	#connect(callback: boolean): void {
		const caller = ++this.#callers;
		const got = (error: unknown, client: pg.PoolClient | undefined) => {
			this.#answered++;
			if (client === undefined) {
				this.#tell(`caller ${caller}: ${(error as Error).message}`);
				return;
			}
			this.#tell(`caller ${caller}: client ${this.#id(client)}`);
			const onError = (late: Error) => this.#tell(`client ${this.#id(client)}: ${late.message}`);
			// Whoever has a client is to listen.
			client.on("error", onError);
			this.#out.push({ client: client as Client, onError });
		};
		if (callback) this.#pool.connect(got);
		else
			this.#pool.connect().then(
				(client) => got(undefined, client),
				(error) => got(error, undefined),
			);
	}

	#query(fine: boolean, callback: boolean): void {
		const caller = ++this.#callers;
		const tell = (error: unknown, result: pg.QueryResult | undefined) => {
			this.#answered++;
			this.#tell(`caller ${caller}: ${answer(error, result)}`);
		};
		const text = fine ? COUNT : "select 1 / $1::int";
		const values = [fine ? this.#run : 0];
		if (callback) this.#pool.query(text, values, tell);
		else
			this.#pool.query(text, values).then(
				(result) => tell(undefined, result),
				(error) => tell(error, undefined),
			);
	}

	async #use(loan: Loan, step: LentStep): Promise<void> {
		const { client } = loan;
		switch (step) {
			case "release":
				this.#release(loan, undefined);
				return;
			case "release with an error":
				this.#release(loan, new Error("given up"));
				return;
			case "kill lent":
				if (!this.#gone.has(client)) await this.#kill(client);
				return;
			case "kill while it works": {
				if (this.#gone.has(client)) return;
				const work = this.#ask(client, "select pg_sleep(600)");
				await this.#untilActive(client);
				await this.#kill(client);
				await work;
				return;
			}
			default:
				await this.#ask(client, textOf(step, this.#run));
		}
	}

	async #ask(client: Client, text: string): Promise<void> {
		const told = (error: unknown, result?: pg.QueryResult) =>
			this.#tell(`client ${this.#id(client)} answered: ${answer(error, result)}`);
		await client.query(text).then((result) => told(undefined, result), told);
	}

	#release(loan: Loan, error: Error | undefined): void {
		this.#out.splice(this.#out.indexOf(loan), 1);
		loan.client.off("error", loan.onError);
		loan.client.release(error);
	}

	/** A backend that is killed before it has its work says so in other words. */
	async #untilActive({ processID }: Client): Promise<void> {
		const text = "select 1 from pg_stat_activity where pid = $1 and state = 'active'";
		while ((await this.#observer.query(text, [processID])).rowCount === 0) await setTimeout(1);
	}

	/** As an administrator does. */
	async #kill(client: Client): Promise<void> {
		await this.#observer.query("select pg_terminate_backend($1)", [client.processID]);
		await until(() => this.#gone.has(client), "a killed connection ends");
	}

	/** Waits until nothing is left to happen: all are answered whom others' clients do not keep waiting, and all that is closed is gone. */
	async #quiet(): Promise<void> {
		const { max } = this.#program;
		const pool = this.#pool;
		await until(
			() =>
				(this.#answered === this.#callers || this.#out.length === max) &&
				this.#clients.length - this.#removed === pool.totalCount &&
				(!pool.ending || this.#out.length > 0 || this.#endAnswered) &&
				pool.totalCount === pool.idleCount + this.#out.length,
			"all is quiet",
		);
	}
}

function answer(error: unknown, result: pg.QueryResult | undefined): string {
	if (error) return `${(error as { code?: string }).code ?? ""} ${(error as Error).message}`;
	return JSON.stringify(([] as (pg.QueryResult | undefined)[]).concat(result).map((one) => one?.rows));
}

async function until(what: () => boolean, name: string): Promise<void> {
	const deadline = Date.now() + QUIET_WITHIN;
	// Twice: what is told in the same turn is to be told first.
	for (let quiet = 0; quiet < 2; quiet = what() ? quiet + 1 : 0) {
		if (Date.now() > deadline) throw new Error(`it took too long until ${name}`);
		await setTimeout(1);
	}
}
