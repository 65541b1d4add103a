import { once } from "node:events";
import { createServer, request, type ServerResponse } from "node:http";
import type { AddressInfo } from "node:net";
import { setTimeout as delay } from "node:timers/promises";
import { parseArgs } from "node:util";
import { Pool, poolCleanup } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { enableChecks, type PoolViolation, reportLeaks } from "ebbpool/checks";

// A correct service under load with a sample of its loans watched: whatever is found is a false alarm.

const { values } = parseArgs({
	options: {
		minutes: { type: "string", default: "10" },
		sample: { type: "string", default: "0.001" },
		clients: { type: "string", default: "8" },
	},
});
const ends = performance.now() + Number(values.minutes) * 60_000;
const found: PoolViolation[] = [];
enableChecks({ sample: Number(values.sample), onViolation: (violation) => found.push(violation) });

// The pools are made after the checks were enabled, so these modules are loaded now.
const { BufferPool, retain } = await import("ebbpool/bytes");
const { send } = await import("ebbpool/http");
const { ResourcePool } = await import("ebbpool/resource");
const { SharedPool } = await import("ebbpool/shared");

/** Has private state, a map, and a counter of its own resets. */
class Session {
	readonly #seen = new Set<string>();
	readonly headers = new Map<string, string>();
	resets = 0;
	startedAt = 0;

	begin(path: string): void {
		this.#seen.add(path);
		this.headers.set("path", path);
		this.startedAt = performance.now();
	}

	reset(): void {
		this.resets++;
		this.#seen.clear();
		this.headers.clear();
		this.startedAt = 0;
	}
}

const sessions = new Pool({
	name: "sessions",
	new: () => new Session(),
	reset: (session) => session.reset(),
	stats: true,
});
const answers = new Pool({ name: "answers", new: () => new ByteBuffer(1024), ...retain.upTo(64 * 1024) });
const lists = new Pool({ name: "lists", new: () => [] as number[], reset: (list) => void list.splice(0) });
const arrays = new BufferPool({ name: "arrays" });
const blocks = SharedPool.create({ name: "blocks", slotSize: 4096, slots: 64 });
let opened = 0;
const connections = new ResourcePool({
	name: "connections",
	create: async () => ({ id: opened++, ask: (text: string) => delay(1).then(() => text.length) }),
	destroy: () => {},
	max: 4,
	maxUses: 500,
});

async function answer(path: string, response: ServerResponse): Promise<void> {
	using session = sessions.lease();
	session.item.begin(path);
	const length = await connections.use((connection) => connection.ask(path));
	const array = arrays.get(200 + (length % 7) * 300);
	array.fill(length);
	const block = blocks.get();
	block.bytes.set(array.subarray(0, 100));
	await new Promise(setImmediate);
	const sum = lists.use((list) => {
		for (const byte of block.bytes.subarray(0, 100)) list.push(byte);
		return list.reduce((a, b) => a + b, 0);
	});
	blocks.put(block);
	arrays.put(array);
	const buffer = answers.get();
	buffer.writeString(JSON.stringify({ path, sum, filler: "x".repeat(length * 50) }));
	send(response, buffer, answers);
}

const server = createServer((incoming, response) => {
	answer(incoming.url ?? "/", response).catch((error) => response.destroy(error));
});
server.listen(0, "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;

let requests = 0;

/** One request; every fiftieth client goes away in the middle of its answer. */
function ask(): Promise<void> {
	const at = requests++;
	return new Promise((resolve) => {
		const outgoing = request({ port, host: "127.0.0.1", path: `/${at % 400}`, agent: false });
		outgoing.on("response", (response) => {
			if (at % 50 === 0) outgoing.destroy();
			response.resume();
			response.on("close", resolve);
		});
		outgoing.on("error", () => resolve());
		outgoing.end();
	});
}

const clients = Array.from({ length: Number(values.clients) }, async () => {
	while (performance.now() < ends) await ask();
});
const ages = setInterval(poolCleanup, 7_000);
await Promise.all(clients);
clearInterval(ages);
server.close();
await delay(500);
(globalThis as { gc?: () => void }).gc?.();
await delay(100);
reportLeaks();
await connections.drain();

const { gets } = sessions.stats();
console.log(
	`${requests} requests, ${gets} sessions, in ${values.minutes} minutes: ${found.length} false alarms`,
);
for (const violation of found.slice(0, 5)) console.log(violation);
process.exitCode = found.length > 0 || requests === 0 ? 1 : 0;
