import { createHash, type Hash } from "node:crypto";
import { setImmediate as turn } from "node:timers/promises";
import { Latencies } from "../measure/latencies.ts";
import type { Operation, Result, Run, Session } from "./session.ts";

/** The event loop turns this often, as it does in a program that also has other work. */
const SLICE_MS = 10;

interface LoopOptions {
	/** Operations under way at a time, if they take more than a turn; 1 unless told. */
	readonly concurrency?: number;
	/** Called once it is known that operations end before they return. */
	readonly onSynchronous?: () => void;
}

/** A session that runs an operation on its inputs, round and round. */
export function loop(inputs: number, operation: Operation, options: LoopOptions = {}): Session {
	return new LoopSession(inputs, operation, options);
}

class LoopSession implements Session {
	readonly #inputs: number;
	readonly #operation: Operation;
	readonly #concurrency: number;
	readonly #onSynchronous: () => void;
	readonly #latencies = new Latencies();
	#expected: readonly Result[] = [];
	#isSynchronous = true;
	#operations = 0;

	constructor(
		inputs: number,
		operation: Operation,
		{ concurrency = 1, onSynchronous = () => {} }: LoopOptions,
	) {
		this.#inputs = inputs;
		this.#operation = operation;
		this.#concurrency = concurrency;
		this.#onSynchronous = onSynchronous;
	}

	get operations(): number {
		return this.#operations;
	}

	async verify(): Promise<string> {
		const [first, second] = [createHash("sha256"), createHash("sha256")];
		this.#expected = await this.#pass(first);
		if (this.#isSynchronous) this.#onSynchronous();
		await this.#pass(second);
		const digest = first.digest("hex");
		if (second.digest("hex") !== digest)
			throw new Error("the same inputs gave another result the second time");
		return digest;
	}

	async #pass(audit: Hash): Promise<Result[]> {
		const results: Result[] = [];
		for (let input = 0; input < this.#inputs; input++) {
			const outcome = this.#operation(input, audit);
			if (isPromise(outcome)) this.#isSynchronous = false;
			const result = await outcome;
			audit.update(`${typeof result} ${result}\n`);
			results.push(result);
		}
		return results;
	}

	async run(milliseconds: number): Promise<Run> {
		const before = this.#operations;
		const start = performance.now();
		const deadline = start + milliseconds;
		if (this.#isSynchronous) await this.#runTurns(deadline);
		else await this.#runLanes(deadline);
		return { operations: this.#operations - before, start, end: performance.now() };
	}

	/** Operations that end before they return. */
	async #runTurns(deadline: number): Promise<void> {
		const operation = this.#operation;
		const latencies = this.#latencies;
		let input = 0;
		let now = performance.now();
		while (now < deadline) {
			const sliceEnd = now + SLICE_MS;
			do {
				const began = now;
				const result = operation(input);
				now = performance.now();
				latencies.record(now - began);
				if (result !== this.#expected[input]) this.#fail(input, result);
				this.#operations++;
				if (++input === this.#inputs) input = 0;
			} while (now < sliceEnd);
			await turn();
			now = performance.now();
		}
	}

	/** Operations that take more than a turn, so many of them at a time. */
	async #runLanes(deadline: number): Promise<void> {
		let next = 0;
		const lane = async (): Promise<void> => {
			let now = performance.now();
			let sliceEnd = now + SLICE_MS;
			while (now < deadline) {
				const input = next;
				next = next + 1 === this.#inputs ? 0 : next + 1;
				const began = now;
				const result = await this.#operation(input);
				now = performance.now();
				this.#latencies.record(now - began);
				if (result !== this.#expected[input]) this.#fail(input, result);
				this.#operations++;
				if (now >= sliceEnd) {
					await turn();
					now = performance.now();
					sliceEnd = now + SLICE_MS;
				}
			}
		};
		await Promise.all(Array.from({ length: this.#concurrency }, lane));
	}

	#fail(input: number, result: unknown): never {
		throw new Error(`input ${input}: expected ${this.#expected[input]}, got ${result}`);
	}

	async takeLatency() {
		return this.#latencies.take();
	}

	async close(): Promise<void> {}
}

function isPromise(value: unknown): value is Promise<unknown> {
	return value instanceof Promise || typeof (value as PromiseLike<unknown> | undefined)?.then === "function";
}
