import { createHash } from "node:crypto";
import { availableParallelism } from "node:os";
import { Worker } from "node:worker_threads";
import { Latencies } from "../measure/latencies.ts";
import type { Passage } from "./pipeline-worker.ts";
import type { Run, Session } from "./session.ts";
import type { Frame, Transport, TransportChoice } from "./transport.ts";

/** Frames that each worker has at a time unless told: one that it works on, and those that wait for it. */
export const AHEAD = 3;
/** The main thread has work, too. */
export const WORKERS = Math.max(1, availableParallelism() - 1);

/** A frame that is with a worker. */
interface Sent {
	readonly input: number;
	readonly at: number;
}

interface Received extends Sent {
	readonly frame: Frame;
	readonly brightness: number;
}

/** A worker that answers in the order in which it is sent frames. */
class Lane {
	readonly #worker: Worker;
	readonly #transport: Transport;
	readonly #sent: Sent[] = [];

	constructor(
		choice: TransportChoice,
		transport: Transport,
		onReceived: (lane: Lane, received: Received) => void,
		onError: (error: unknown) => void,
	) {
		this.#transport = transport;
		this.#worker = new Worker(new URL("./pipeline-worker.js", import.meta.url), { workerData: choice });
		this.#worker.on("error", onError);
		this.#worker.on("message", ({ frame, brightness = 0 }: Passage) => {
			const sent = this.#sent.shift() as Sent;
			onReceived(this, { ...sent, frame: transport.unpack(frame), brightness });
		});
	}

	send(input: number, load: (bytes: Uint8Array) => void): void {
		const at = performance.now();
		const frame = this.#transport.make();
		load(frame.bytes);
		const [packed, moved = []] = this.#transport.pack(frame);
		this.#sent.push({ input, at });
		this.#worker.postMessage({ frame: packed } satisfies Passage, moved);
	}

	async close(): Promise<void> {
		await this.#worker.terminate();
	}
}

export interface Pipeline {
	readonly inputs: number;
	/** Frames that each worker has at a time. */
	readonly ahead: number;
	readonly load: (input: number, bytes: Uint8Array) => void;
	readonly transport: Transport;
	readonly choice: TransportChoice;
}

/** A session whose operation is a frame's way to a worker and back. */
export class PipelineSession implements Session {
	readonly #inputs: number;
	readonly #ahead: number;
	readonly #load: (input: number, bytes: Uint8Array) => void;
	readonly #transport: Transport;
	readonly #lanes: readonly Lane[];
	readonly #latencies = new Latencies();
	#expected: number[] = [];
	#receive: (lane: Lane, received: Received) => void = () => {};
	#fail: (error: unknown) => void = () => {};

	constructor({ inputs, ahead, load, transport, choice }: Pipeline) {
		this.#inputs = inputs;
		this.#ahead = ahead;
		this.#load = load;
		this.#transport = transport;
		this.#lanes = Array.from(
			{ length: WORKERS },
			() =>
				new Lane(
					choice,
					transport,
					(lane, received) => this.#receive(lane, received),
					(error) => this.#fail(error),
				),
		);
	}

	async verify(): Promise<string> {
		const [first, second] = [await this.#pass(), await this.#pass()];
		if (first !== second) throw new Error("the same inputs gave another result the second time");
		return first;
	}

	/** Sends each input once and digests what comes back, in the order of the inputs. */
	async #pass(): Promise<string> {
		const digests: string[] = [];
		let sent = 0;
		await this.#pump(
			() => (sent < this.#inputs ? sent++ : undefined),
			({ input, frame, brightness }) => {
				digests[input] = createHash("sha256").update(frame.bytes).digest("hex");
				this.#expected[input] = brightness;
			},
		);
		return createHash("sha256").update(digests.join()).digest("hex");
	}

	async run(milliseconds: number): Promise<Run> {
		const start = performance.now();
		let [sent, operations] = [0, 0];
		await this.#pump(
			() => (performance.now() - start < milliseconds ? sent++ % this.#inputs : undefined),
			({ input, at, brightness }) => {
				if (brightness !== this.#expected[input]) {
					throw new Error(`input ${input}: expected ${this.#expected[input]}, got ${brightness}`);
				}
				this.#latencies.record(performance.now() - at);
				operations++;
			},
		);
		return { operations, start, end: performance.now() };
	}

	/** Keeps every worker supplied until there is no next input, and then until all frames are back. */
	#pump(next: () => number | undefined, receive: (received: Received) => void): Promise<void> {
		return new Promise((resolve, reject) => {
			let away = 0;
			const send = (lane: Lane) => {
				const input = next();
				if (input === undefined) return;
				lane.send(input, (bytes) => this.#load(input, bytes));
				away++;
			};
			this.#fail = reject;
			this.#receive = (lane, received) => {
				try {
					receive(received);
					this.#transport.drop(received.frame);
					away--;
					send(lane);
					if (away === 0) resolve();
				} catch (error) {
					reject(error);
				}
			};
			for (let ahead = 0; ahead < this.#ahead; ahead++) for (const lane of this.#lanes) send(lane);
			if (away === 0) resolve();
		});
	}

	async takeLatency() {
		return this.#latencies.take();
	}

	async close(): Promise<void> {
		await Promise.all(this.#lanes.map((lane) => lane.close()));
	}
}
