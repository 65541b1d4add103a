import type { ViolationKind } from "ebbpool/checks";

/** Cases of the contract that misuse a pool to see what happens, and what the checks call that. */
const ON_PURPOSE: readonly (readonly [name: RegExp, kind: ViolationKind])[] = [
	// Each puts the array twice, the second time to see that it is counted again.
	[/^an array that is .* is dropped and counted as rejected, and opens no class$/, "doublePut"],
	// They look at an array after its put, to see whether it was wiped.
	[/^`zero: (false|"put")` (is the default|wipes an array when it comes back)/, "useAfterPut"],
	// They look at a buffer after its put, to see what the policy made of it.
	[/: a buffer comes back empty, with its storage, and has used nothing yet$/, "useAfterPut"],
	[
		/^what was used is the most bytes held since the buffer was got, whatever its user resets$/,
		"useAfterPut",
	],
	[/^a `new` of one's own goes with every policy$/, "useAfterPut"],
	[/^shrink: (what was used is the most|with a ratio of 1|a buffer of a BufferPool gives)/, "useAfterPut"],
	[/^calibrated: a buffer that grew by doubling from the learnt size is kept$/, "useAfterPut"],
	// Takes memory away from arrays that were put, of which the pool has another array by then.
	[/^an array whose memory was taken away while it lay in a BufferPool is never handed out$/, "useAfterPut"],
	[/^a second put, and any use of a block that was put, is ERR_POOL_NOT_HELD$/, "doublePut"],
	[/^a message is one number, and is adopted once, with the bytes that were given$/, "doublePut"],
	[/^a block that was (given away|put) is spent for good/, "doublePut"],
	[/^after dispose get throws, waits end, a late put frees its slot/, "doublePut"],
	// Writes into the shared memory behind the pool's back.
	[/^owner and hint words that lie make no get return what is not there$/, "useAfterPut"],
	[/^tells of each lease when it begins and ends, with the time it waited and lasted$/, "doublePut"],
	[
		/^release and discard return a promise, whatever there is to do, also when the lease has ended$/,
		"doublePut",
	],
	[/^a second release or discard does nothing, whoever has the resource now$/, "doublePut"],
];

/** What a case commits on purpose, if anything. */
export function onPurpose(name: string): ViolationKind | undefined {
	return ON_PURPOSE.find(([pattern]) => pattern.test(name))?.[1];
}
