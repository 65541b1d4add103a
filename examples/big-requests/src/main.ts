import { configure } from "ebbpool";
import { run } from "./scenario.ts";
import { servers } from "./server.ts";

// Go's rhythm: by default an item also stays for ten seconds at least, and the program would have to wait for that.
configure({ minAge: 0 });

const MIB = 2 ** 20;
const big = new Uint8Array(Number(process.argv[2] ?? 256) * MIB).fill(120);

console.log(`ten requests of ${big.length / MIB} MiB at a time, then 1 KiB ones`);
console.log("policy             pooled    puts  collections  kept MiB  verdict");
for (const server of servers()) {
	const { name, pooled, puts, collections, kept, passed } = await run(server, big);
	const row = [
		name.padEnd(17),
		String(pooled).padStart(7),
		String(puts).padStart(8),
		String(collections).padStart(12),
		(Math.max(kept, 0) / MIB).toFixed(1).padStart(9),
		passed ? "  small again" : "  keeps it",
	];
	console.log(row.join(""));
}
