import type { ViolationKind } from "ebbpool/checks";

/** Cases of the contract that misuse a pool to see what happens, and what the checks call that. */
const ON_PURPOSE: readonly (readonly [name: RegExp, kind: ViolationKind])[] = [
	// Each puts the array twice, the second time to see that it is counted again.
	[/^an array that is .* is dropped and counted as rejected, and opens no class$/, "doublePut"],
	// A user transfers the buffer's memory away: after that no reset makes it what it was.
	[/^with (reset|release), one user's transfer does not harm a hundred users after$/, "dirtyPut"],
	[/^a second put, and any use of a block that was put, is ERR_POOL_NOT_HELD$/, "doublePut"],
	[/^a message is one number, and is adopted once, with the bytes that were given$/, "doublePut"],
	[/^a block that was (given away|put) is spent for good/, "doublePut"],
	[/^after dispose get throws, waits end, a late put frees its slot/, "doublePut"],
	// Writes into the shared memory behind the pool's back.
	[/^owner and hint words that lie make no get return what is not there$/, "useAfterPut"],
	[/^tells of each lease when it begins and ends, with the time it waited and lasted$/, "doublePut"],
	[/^a second release or discard does nothing, whoever has the resource now$/, "doublePut"],
];

/** What a case commits on purpose, if anything. */
export function onPurpose(name: string): ViolationKind | undefined {
	return ON_PURPOSE.find(([pattern]) => pattern.test(name))?.[1];
}
