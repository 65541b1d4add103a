import { once } from "node:events";
import type { AddressInfo } from "node:net";
import { openStore } from "./open-store.ts";
import { service } from "./service.ts";
import type { Note } from "./store.ts";

// `node dist/main.js` serves itself a hundred requests and ends; with PORT it serves until it is interrupted.
const { DATABASE_URL, PORT } = process.env;
const store = await openStore(DATABASE_URL, console.log);
const server = service(store).listen(Number(PORT ?? 0), "127.0.0.1");
await once(server, "listening");
const { port } = server.address() as AddressInfo;
console.log(`${store.title}: http://127.0.0.1:${port}`);

if (PORT === undefined) await demonstrate(`http://127.0.0.1:${port}`);
else await once(process, "SIGINT");
// First no more requests, then no more connections.
server.close();
server.closeIdleConnections();
await once(server, "close");
await store.close();
console.log(`open connections: ${store.stats().open}`);

async function demonstrate(url: string): Promise<void> {
	const write = async (body: string) => {
		const response = await fetch(`${url}/notes`, { method: "POST", body });
		return (await response.json()) as Note;
	};
	const texts = Array.from({ length: 100 }, (_, i) => `note ${i}`);
	const notes = await Promise.all(texts.map(write));
	const read = await Promise.all(
		notes.map(async ({ id }) => (await fetch(`${url}/notes/${id}`)).json() as Promise<Note>),
	);
	const right = read.filter((note, i) => note.text === texts[i]).length;
	console.log(`${right} of ${texts.length} notes read back`);

	// Each reader has a connection of its own where the store has several, and sees the notes as they were.
	const readers = Array.from({ length: 3 }, () => store.list()[Symbol.asyncIterator]());
	await Promise.all(readers.map((reader) => reader.next()));
	await write("written meanwhile");
	const seen = await Promise.all(readers.map(countRest));
	const { open, acquired } = store.stats();
	console.log(
		`three readers saw ${seen.map((rest) => rest + 1).join(", ")} notes; ${acquired} leases of ${open} connections`,
	);
}

async function countRest(reader: AsyncIterator<Note>): Promise<number> {
	let count = 0;
	while (!(await reader.next()).done) count++;
	return count;
}
