// Converts the line ends of a file, in chunks whose memory is used again and again. Run it with
// `npm start -w @ebbpool/example-stream-transform`.
import { createWriteStream } from "node:fs";
import { mkdtemp, readFile, rm } from "node:fs/promises";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import { arrays, readChunks, writeChunks } from "./chunks.ts";
import { toCrlf } from "./to-crlf.ts";

const source = fileURLToPath(import.meta.resolve("unicode-emoji-json/data-by-group.json"));
const folder = await mkdtemp(join(tmpdir(), "stream-transform-"));
try {
	const target = join(folder, "data-by-group.json");
	await writeChunks(toCrlf(readChunks(source)), createWriteStream(target));
	const [before, after] = await Promise.all([readFile(source, "utf8"), readFile(target, "utf8")]);
	console.log(`${before.length} characters in, ${after.length} out`);
	console.log(`right: ${after === before.replaceAll("\n", "\r\n")}`);
} finally {
	await rm(folder, { recursive: true });
}

const { classes } = arrays.stats();
const all = (count: "gets" | "puts") => classes.reduce((sum, { [count]: n = 0 }) => sum + n, 0);
console.log(`arrays taken: ${all("gets")}, given back: ${all("puts")}`);
