// Compresses a message for each emoji into WebSocket frames and reads them again. Run it with
// `npm start -w @ebbpool/example-compression`.
import { createRequire } from "node:module";
import { Pool } from "ebbpool";
import { ByteBuffer, retain } from "ebbpool/bytes";
import { contexts } from "./compression-context.ts";
import { readFrame } from "./read-frame.ts";
import { writeFrame } from "./write-frame.ts";

/** Node 20 has no JSON imports without a warning. */
const require = createRequire(import.meta.url);
const emoji = require("unicode-emoji-json") as Record<string, object>;
const messages = Object.entries(emoji).map(([character, properties]) =>
	Buffer.from(JSON.stringify({ emoji: character, ...properties })),
);

const buffers = new Pool({ new: () => new ByteBuffer(4096), ...retain.upTo(64 * 1024), stats: true });

/** What one turn of a server sends over one connection. */
const MESSAGES_PER_TURN = 20;

let right = 0;
let bytes = 0;
let sent = 0;
for (let at = 0; at < messages.length; at += MESSAGES_PER_TURN) {
	const turn = messages.slice(at, at + MESSAGES_PER_TURN);
	buffers.use((frames) => {
		for (const message of turn) writeFrame(frames, message);
		sent += frames.length;
		for (const message of turn) {
			bytes += message.length;
			if (readFrame(frames).equals(message)) right++;
		}
	});
}
contexts[Symbol.dispose]();

console.log(`${messages.length} messages of ${bytes} bytes, ${right} came through`);
console.log(`smaller on the wire: ${sent < bytes}`);
const made = { contexts: contexts.stats(), buffers: buffers.stats() };
console.log(`contexts taken: ${made.contexts.gets}, given back: ${made.contexts.puts}`);
console.log(`buffers taken: ${made.buffers.gets}, given back: ${made.buffers.puts}`);
