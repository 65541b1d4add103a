// Reuse in a loop: `new` is called once for each array that is in use at the same time, however often the loop runs.
// Run it with `npm start -w examples/byte-arrays`.
import { Pool } from "ebbpool";

let made = 0;
const arrays = new Pool(() => {
	made++;
	console.log(`Allocating array ${made}`);
	return new Uint8Array(1024);
});

const encoder = new TextEncoder();
const decoder = new TextDecoder();

/** Old bytes stay in a reused array, so only what was written now is read. */
function shout(text: string): string {
	return arrays.use((array) => {
		const { written } = encoder.encodeInto(text.toUpperCase(), array);
		return decoder.decode(array.subarray(0, written));
	});
}

for (const word of ["one", "two", "three", "four", "five"]) console.log(`${shout(word)}: ${made} made`);

for (let round = 1; round <= 1000; round++) {
	const inUse = [arrays.get(), arrays.get(), arrays.get()];
	for (const array of inUse) arrays.put(array);
}
console.log(`1000 rounds with 3 in use at once: ${made} made`);
