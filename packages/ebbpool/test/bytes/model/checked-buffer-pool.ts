import assert from "node:assert/strict";
import { type PoolOrder, poolCleanup } from "ebbpool";
import { BufferPool, type SizeClassStats } from "ebbpool/bytes";
import { expectCode, expectEquations } from "../../contract/support/expect.ts";

export interface Configuration {
	readonly maxLength: number;
	readonly zero: "put" | false;
	readonly order: PoolOrder;
	readonly stats: boolean;
}

/** What lies in one size class, as plain as can be: which array comes out of a generation is not specified. */
class ShelfModel {
	local = new Set<Uint8Array>();
	victim = new Set<Uint8Array>();
	gets = 0;
	puts = 0;
	misses = 0;
	evicted = 0;
	cleared = 0;

	age(): void {
		this.evicted += this.victim.size;
		this.victim = this.local;
		this.local = new Set();
	}

	clear(): void {
		this.cleared += this.local.size + this.victim.size;
		this.local = new Set();
		this.victim = new Set();
	}

	/** Compares what the pool counted; returns how many arrays there are. */
	check(counts: SizeClassStats): number {
		const { gets = this.gets, puts = this.puts } = counts;
		assert.equal(gets, this.gets);
		assert.equal(puts, this.puts);
		assert.equal(counts.local, this.local.size);
		assert.equal(counts.victim, this.victim.size);
		assert.equal(counts.misses, this.misses);
		assert.equal(counts.evicted, this.evicted);
		assert.equal(counts.cleared, this.cleared);
		assert.equal(counts.rejected, 0, "the pool of arrays counts those itself");
		expectEquations(counts);
		return this.local.size + this.victim.size;
	}
}

function expectFilled(array: Uint8Array, value: number): void {
	const wrong = array.findIndex((byte) => byte !== value);
	assert.equal(wrong, -1, `${array[wrong]} instead of ${value} at ${wrong}`);
}

/** The length of the arrays that hold `length` bytes, found by trying one length after the other. */
export function classLength(length: number, maxLength: number): number {
	for (let power = 64; ; power *= 2)
		for (let quarters = 4; quarters < 8; quarters++) {
			const candidate = Math.min((power * quarters) / 4, maxLength);
			if (candidate >= length) return candidate;
		}
}

/** A `BufferPool` whose every answer is compared with what a model expects. */
export class CheckedBufferPool {
	readonly #pool: BufferPool;
	readonly #configuration: Configuration;
	readonly #shelves = new Map<number, ShelfModel>();
	readonly #seen = new Set<Uint8Array>();
	/** What the last user of an array wrote into all of it. */
	readonly #content = new Map<Uint8Array, number>();
	readonly out: Uint8Array<ArrayBuffer>[] = [];
	#disposed = false;
	#oversized = 0;
	#rejected = 0;

	constructor(configuration: Configuration) {
		this.#pool = new BufferPool(configuration);
		this.#configuration = configuration;
	}

	get(minLength: number): void {
		if (this.#disposed) {
			expectCode("ERR_POOL_DISPOSED", () => this.#pool.get(minLength));
			return;
		}
		const { maxLength } = this.#configuration;
		const array = this.#pool.get(minLength);
		assert.ok(!this.out.includes(array), "nobody else has it");
		if (minLength > maxLength) {
			assert.equal(array.length, minLength);
			this.#oversized++;
			this.#expectFresh(array);
		} else {
			const length = classLength(minLength, maxLength);
			assert.equal(array.length, length);
			this.#take(this.#shelf(length), array);
		}
		this.out.push(array);
	}

	#take(shelf: ShelfModel, array: Uint8Array): void {
		shelf.gets++;
		const { local, victim } = shelf;
		const generations = this.#configuration.order === "local-first" ? [local, victim] : [victim, local];
		const generation = generations.find(({ size }) => size > 0);
		if (generation === undefined) {
			shelf.misses++;
			this.#expectFresh(array);
			return;
		}
		assert.ok(generation.delete(array), "came from the generation that comes first");
		const content = this.#configuration.zero === "put" ? 0 : (this.#content.get(array) ?? 0);
		expectFilled(array, content);
	}

	#expectFresh(array: Uint8Array): void {
		assert.ok(!this.#seen.has(array), "was not seen before");
		this.#seen.add(array);
		expectFilled(array, 0);
	}

	/** Writes to an array that is out, then puts it. */
	put(pick: number, value: number): void {
		const array = this.#pickOut(pick);
		if (array === undefined) return;
		array.fill(value);
		this.#content.set(array, value);
		this.#put(array, true);
	}

	/** Transfers an array that is out, puts what is left of it, and what arrived. */
	transfer(pick: number): void {
		const array = this.#pickOut(pick);
		if (array === undefined) return;
		const arrived = structuredClone(array, { transfer: [array.buffer] });
		this.#put(array, false);
		this.#content.set(arrived, this.#content.get(array) ?? 0);
		this.#put(arrived, true);
	}

	/** Puts an array made elsewhere: the whole of its memory, or the part after the first byte. */
	putForeign(length: number, whole: boolean, value: number): void {
		const array = whole ? new Uint8Array(length) : new Uint8Array(new ArrayBuffer(length + 1), 1);
		this.#content.set(array.fill(value), value);
		this.#put(array, whole);
	}

	#put(array: Uint8Array, whole: boolean): void {
		const { maxLength } = this.#configuration;
		const { length } = array;
		const fits = length <= maxLength && length === classLength(length, maxLength);
		this.#pool.put(array);
		this.#seen.add(array);
		if (!whole || !fits || this.#disposed) this.#rejected++;
		else {
			const shelf = this.#shelf(length);
			shelf.puts++;
			shelf.local.add(array);
		}
	}

	#pickOut(pick: number): Uint8Array<ArrayBuffer> | undefined {
		return this.out.splice(pick % this.out.length, 1)[0];
	}

	age(): void {
		poolCleanup();
		for (const shelf of this.#shelves.values()) shelf.age();
	}

	clear(): void {
		this.#pool.clear();
		for (const shelf of this.#shelves.values()) shelf.clear();
	}

	dispose(): void {
		this.#pool[Symbol.dispose]();
		this.#disposed = true;
		for (const shelf of this.#shelves.values()) shelf.clear();
	}

	check(): void {
		const { bytes, oversized, rejected, classes } = this.#pool.stats();
		assert.equal(oversized, this.#oversized);
		assert.equal(rejected, this.#rejected);
		assert.equal(classes.length, this.#shelves.size);
		let expectedBytes = 0;
		let previous = 0;
		for (const counts of classes) {
			const { length } = counts;
			assert.ok(length > previous, "the smallest first");
			previous = length;
			expectedBytes += this.#shelf(length).check(counts) * length;
		}
		assert.equal(bytes, expectedBytes);
	}

	#shelf(length: number): ShelfModel {
		const shelf = this.#shelves.get(length) ?? new ShelfModel();
		this.#shelves.set(length, shelf);
		return shelf;
	}
}
