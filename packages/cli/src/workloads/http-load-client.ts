import { createHash } from "node:crypto";
import { Client, type Dispatcher } from "undici";
import { answerMessages } from "../measure/helper-process.ts";
import { Latencies } from "../measure/latencies.ts";
import { type Body, httpBodies } from "./http-bodies.ts";

/** Ask for each of the bodies once, load the server for so long, or sum up the latencies since the last time. */
export type LoadCommand =
	| { readonly kind: "digest" }
	| { readonly kind: "load"; readonly milliseconds: number }
	| { readonly kind: "latency" };

/** One answer in so many is abandoned after its first bytes, as clients do that go away. */
const ABORT_ONE_IN = 256;

const [origin, connections, ...requests] = process.argv.slice(2) as [string, string, ...string[]];
const expectedBodies = new Map(
	[...httpBodies()].map(([path, { pieces }]: [string, Body]) => [path, Buffer.concat(pieces)]),
);
const clients = Array.from({ length: Number(connections) }, () => new Client(origin, { pipelining: 1 }));
const latencies = new Latencies();
let sent = 0;
let operations = 0;

class Abandoned extends Error {}

/** Checks every byte of an answer against what it must be, and resolves when it is over. */
class CheckedAnswer implements Dispatcher.DispatchHandler {
	readonly #path: string;
	readonly #expected: Buffer;
	readonly #abandon: boolean;
	readonly #done: (error?: Error) => void;
	readonly #began = performance.now();
	#at = 0;

	constructor(path: string, abandon: boolean, done: (error?: Error) => void) {
		this.#path = path;
		this.#expected = expectedBodies.get(path) as Buffer;
		this.#abandon = abandon;
		this.#done = done;
	}

	onRequestStart(): void {}

	onResponseStart(_controller: Dispatcher.DispatchController, status: number): void {
		if (status !== 200) throw new Error(`${this.#path}: expected status 200, got ${status}`);
	}

	onResponseData(controller: Dispatcher.DispatchController, chunk: Buffer): void {
		const end = this.#at + chunk.length;
		if (end > this.#expected.length || this.#expected.compare(chunk, 0, chunk.length, this.#at, end) !== 0) {
			throw new Error(`${this.#path}: other bytes than expected from ${this.#at} to ${end}`);
		}
		this.#at = end;
		if (this.#abandon) controller.abort(new Abandoned());
	}

	onResponseEnd(): void {
		if (this.#at !== this.#expected.length) {
			this.#done(new Error(`${this.#path}: expected ${this.#expected.length} bytes, got ${this.#at}`));
			return;
		}
		operations++;
		latencies.record(performance.now() - this.#began);
		this.#done();
	}

	onResponseError(_controller: Dispatcher.DispatchController, error: Error): void {
		this.#done(error instanceof Abandoned ? undefined : error);
	}
}

function exchange(client: Client): Promise<void> {
	const path = requests[sent++ % requests.length] as string;
	const abandon = sent % ABORT_ONE_IN === 0;
	return new Promise((resolve, reject) => {
		client.dispatch(
			{ path, method: "GET" },
			new CheckedAnswer(path, abandon, (error) => (error === undefined ? resolve() : reject(error))),
		);
	});
}

async function load(milliseconds: number): Promise<{ operations: number }> {
	operations = 0;
	const deadline = performance.now() + milliseconds;
	await Promise.all(
		clients.map(async (client) => {
			while (performance.now() < deadline) await exchange(client);
		}),
	);
	return { operations };
}

async function digest(): Promise<{ digest: string }> {
	const hash = createHash("sha256");
	for (const path of new Set(requests)) {
		const { body } = await (clients[0] as Client).request({ path, method: "GET" });
		for await (const chunk of body) hash.update(chunk);
	}
	return { digest: hash.digest("hex") };
}

answerMessages(async (command: LoadCommand) => {
	switch (command.kind) {
		case "digest":
			return digest();
		case "load":
			return load(command.milliseconds);
		case "latency":
			return latencies.take();
	}
});
