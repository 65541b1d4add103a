import { setTimeout as sleep } from "node:timers/promises";
import { Client, type Dispatcher } from "undici";
import type { Answer } from "./answers.ts";

/** When a client goes away: once the request is sent, with the head of the answer, or amid its body. */
export type Abort = "sent" | "head" | "body";

export interface Exchange {
	readonly answer: Answer;
	readonly abort: Abort | undefined;
}

class Abandoned extends Error {}

/** Compares each byte of an answer as it comes. */
class CheckedAnswer implements Dispatcher.DispatchHandler {
	readonly #exchange: Exchange;
	readonly #done: (error?: Error) => void;
	#at = 0;

	constructor(exchange: Exchange, done: (error?: Error) => void) {
		this.#exchange = exchange;
		this.#done = done;
	}

	onRequestStart(controller: Dispatcher.DispatchController): void {
		if (this.#exchange.abort === "sent") setImmediate(() => controller.abort(new Abandoned()));
	}

	onResponseStart(controller: Dispatcher.DispatchController, status: number): void {
		if (status !== 200) throw new Error(`expected status 200, got ${status}`);
		if (this.#exchange.abort === "head") controller.abort(new Abandoned());
	}

	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		const { answer, abort } = this.#exchange;
		const { path, body } = answer;
		const end = this.#at + chunk.length;
		if (end > body.length || body.compare(chunk, 0, chunk.length, this.#at, end) !== 0) {
			throw new Error(`${path}: other bytes than expected from ${this.#at} to ${end}`);
		}
		this.#at = end;
		if (abort === "body") controller.abort(new Abandoned());
	}

	onResponseEnd(): void {
		const { path, body } = this.#exchange.answer;
		const missing = body.length - this.#at;
		this.#done(missing === 0 ? undefined : new Error(`${path}: the last ${missing} bytes did not come`));
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#done(error instanceof Abandoned ? undefined : error);
	}
}

/** Carries out all exchanges over so many connections, each busy until there are none left. */
export async function load(
	origin: string,
	exchanges: Iterable<Exchange>,
	connections: number,
): Promise<void> {
	const queue = exchanges[Symbol.iterator]();
	await Promise.all(
		Array.from({ length: connections }, async () => {
			const client = new Client(origin, { pipelining: 1 });
			for (let next = queue.next(); !next.done; next = queue.next()) await carryOut(client, next.value);
			await client.destroy();
		}),
	);
	// The server learns in one of its next turns that the clients are gone.
	await sleep(50);
}

function carryOut(client: Client, exchange: Exchange): Promise<void> {
	return new Promise((resolve, reject) => {
		const done = (error?: Error) => (error === undefined ? resolve() : reject(error));
		client.dispatch({ path: exchange.answer.path, method: "GET" }, new CheckedAnswer(exchange, done));
	});
}
