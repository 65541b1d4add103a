import { forOnePool } from "../base/claim.ts";
import { fromEngine } from "../base/engine.ts";
import { PoolError } from "../base/errors.ts";
import { aNumber, anInteger, expectValue, NEVER, readOptions } from "../base/rules.ts";
import { ByteBuffer } from "./byte-buffer.ts";
import { resetAfterUse } from "./byte-region.ts";

/** Hooks for a pool of {@link ByteBuffer}s. Spread them into the options of *one* pool: some learn from what they see. */
export interface RetainPolicy {
	readonly reset: (buffer: ByteBuffer) => void;
	readonly keep: (buffer: ByteBuffer) => boolean;
}

/** A {@link RetainPolicy} that also knows how large a new buffer should be. */
export interface SizingRetainPolicy extends RetainPolicy {
	readonly new: () => ByteBuffer;
}

export interface RetainUsedOptions {
	/** A buffer is justified while its capacity is at most this many times what was used of it. Default 4. */
	readonly ratio?: number | undefined;
	/** How many unjustified uses in a row are tolerated. Default 4. */
	readonly strikes?: number | undefined;
}

export interface RetainCalibratedOptions {
	/** Puts of one size, to within a factor of two, after which the policy calibrates anew. Default 42,000. */
	readonly interval?: number | undefined;
	/** The part of all puts whose buffers are to be kept, from 0 to 1. Default 0.95. */
	readonly percentile?: number | undefined;
}

const aRatio = aNumber(1);

/** Buffers of at most this many bytes are not worth a decision. */
const ALWAYS_KEPT = 4096;

/** Makes a policy for one pool: what it learns of one would be wrong for another. */
function own<Policy extends RetainPolicy>(call: string, policy: Policy): Policy {
	return forOnePool(policy, () => {
		throw new PoolError(
			"ERR_POOL_OPTION",
			`Pool: expected a policy of its own, got one that another pool has; write ...retain.${call} in the options of each`,
		);
	});
}

function upTo(bytes: number): RetainPolicy {
	expectValue("ERR_POOL_OPTION", "retain.upTo: bytes", bytes, anInteger(0));
	return own(`upTo(${bytes})`, {
		reset: (buffer) => void resetAfterUse(buffer),
		keep: (buffer) => buffer.capacity <= bytes,
	});
}

function shrink(ratio: number): RetainPolicy {
	expectValue("ERR_POOL_OPTION", "retain.shrink: ratio", ratio, aRatio);
	return own(`shrink(${ratio})`, {
		reset: (buffer) => {
			const used = resetAfterUse(buffer);
			if (buffer.capacity > ratio * used) buffer.shrink(used);
		},
		keep: () => true,
	});
}

function used(options: RetainUsedOptions = {}): SizingRetainPolicy {
	const { ratio = 4, strikes: tolerated = 4 } = readOptions("retain.used", options, {
		ratio: aRatio,
		strikes: anInteger(0),
	});
	const strikes = new (fromEngine("retain.used", "WeakMap"))<ByteBuffer, number>();
	let next = 0;
	return own("used(…)", {
		new: () => new ByteBuffer(next),
		reset: (buffer) => {
			const used = resetAfterUse(buffer);
			const { capacity } = buffer;
			if (capacity <= ALWAYS_KEPT || capacity <= ratio * used) {
				strikes.delete(buffer);
				return;
			}
			const inRow = (strikes.get(buffer) ?? 0) + 1;
			strikes.set(buffer, inRow);
			if (inRow > tolerated) next = used;
		},
		keep: (buffer) => (strikes.get(buffer) ?? 0) <= tolerated,
	});
}

/** Sizes are told apart by powers of two, from 64 bytes to the largest that engines allocate. */
const FIRST_BUCKET = 64;
const BUCKETS = 32;

const bucketOf = (bytes: number) => Math.max(0, Math.ceil(Math.log2(bytes / FIRST_BUCKET)));
const sizeOf = (bucket: number) => FIRST_BUCKET * 2 ** bucket;

function calibrated(options: RetainCalibratedOptions = {}): SizingRetainPolicy {
	const { interval = 42_000, percentile = 0.95 } = readOptions("retain.calibrated", options, {
		interval: anInteger(1),
		percentile: aNumber(0, 1),
	});
	const puts: number[] = new Array(BUCKETS).fill(0);
	let initial = 0;
	let largest = NEVER;

	function calibrate(): void {
		const wanted = percentile * puts.reduce((sum, n) => sum + n);
		let bucket = 0;
		for (let sum = puts[0] as number; sum < wanted; sum += puts[bucket] as number) bucket++;
		// A buffer at least doubles when it grows, and so may be twice as large as any of its uses.
		largest = 2 * sizeOf(bucket);
		initial = Math.min(sizeOf(puts.indexOf(Math.max(...puts))), largest);
		puts.fill(0);
	}

	return own("calibrated(…)", {
		new: () => new ByteBuffer(initial),
		reset: (buffer) => {
			const bucket = bucketOf(resetAfterUse(buffer));
			if (++(puts[bucket] as number) >= interval) calibrate();
		},
		keep: (buffer) => buffer.capacity <= largest,
	});
}

/**
 * Ready policies against the two ways in which a pool of buffers goes wrong: one huge use makes a huge buffer that is kept
 * for ever, and buffers of all sizes pile up. *Used* means the most bytes that the buffer held at once in this use.
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 * import { ByteBuffer, retain } from "ebbpool/bytes";
 *
 * const buffers = new Pool({ new: () => new ByteBuffer(1024), ...retain.upTo(64 * 1024) });
 * const buffer = buffers.get();
 * buffer.grow(1_000_000);
 * buffers.put(buffer);
 * console.log(buffers.stats().local); // 0
 * ```
 */
export const retain = {
	/**
	 * Does not pool what has grown beyond `bytes`. Right where large uses are rare and their size is known to be odd.
	 *
	 * @throws `ERR_POOL_OPTION` unless `bytes` is an integer from 0 on
	 */
	upTo,
	/**
	 * Replaces storage of more than `ratio` times what was used by storage of just what was used. Pays with an allocation
	 * at each such put.
	 *
	 * @throws `ERR_POOL_OPTION` unless `ratio` is a number from 1 on
	 */
	shrink,
	/**
	 * Keeps a buffer only while its use justifies it: after more than `strikes` uses in a row of less than `capacity / ratio`
	 * it is dropped, and the next new one is sized to the last such use. Up to 4 KiB is always kept.
	 *
	 * @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range
	 */
	used,
	/**
	 * Learns the sizes in use: after `interval` puts of one size, new buffers get the most frequent size, and those beyond
	 * twice the `percentile` are not kept. Before the first calibration everything is kept.
	 *
	 * @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range
	 */
	calibrated,
};
