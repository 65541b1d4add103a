// A page that uses every part of the library, and a worker with which it shares a pool. Its title tells how that went.
import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";

async function main() {
	const buffers = new Pool(() => new ByteBuffer(64));
	const text = buffers.use((buffer) => {
		buffer.writeString("a page");
		return buffer.toString();
	});
	if (text !== "a page") throw new Error(`expected "a page", got ${text}`);

	const resources = new ResourcePool({ create: async () => "connection" });
	await resources.use(async () => {});
	await resources.drain();

	const shared = SharedPool.create({ slotSize: 16, slots: 4 });
	await shared.ready;
	const worker = shared.track(new Worker(new URL("./worker.js", import.meta.url), { type: "module" }));
	const answer = new Promise((resolve, reject) => {
		worker.onmessage = ({ data }) => resolve(data);
		worker.onerror = ({ message }) => reject(new Error(message));
	});
	const block = shared.get();
	block.bytes[0] = 7;
	worker.postMessage({ handle: shared.handleFor(worker), message: shared.give(block) });
	const adopted = shared.adopt(await answer);
	if (adopted.bytes[0] !== 8) throw new Error(`expected 8, got ${adopted.bytes[0]}`);
	shared.put(adopted);
	worker.terminate();
	await shared.reap(worker);
}

main().then(
	() => {
		document.title = "well";
	},
	(error) => {
		document.title = String(error?.stack ?? error);
	},
);
