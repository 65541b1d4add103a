// Writes a JSON document for each group of emoji, without a new buffer for each. Run it with
// `npm start -w @ebbpool/example-json-to-bytes`.
import { createHash } from "node:crypto";
import { mkdtemp, readFile, rm, writeFile } from "node:fs/promises";
import { createRequire } from "node:module";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { arrays, withJson } from "./with-json.ts";

/** Node 20 has no JSON imports without a warning. */
const require = createRequire(import.meta.url);
const emoji = require("unicode-emoji-json") as Record<string, { readonly group: string }>;

const groups = new Map<string, object[]>();
for (const [character, properties] of Object.entries(emoji)) {
	const group = groups.get(properties.group) ?? [];
	group.push({ emoji: character, ...properties });
	groups.set(properties.group, group);
}

const folder = await mkdtemp(join(tmpdir(), "json-to-bytes-"));
try {
	for (const [name, document] of groups) {
		const path = join(folder, `${name}.json`);
		const etag = await withJson(document, async (json) => {
			await writeFile(path, json);
			return createHash("sha256").update(json).digest("base64url").slice(0, 12);
		});
		const written = await readFile(path);
		const right = written.equals(Buffer.from(JSON.stringify(document)));
		console.log(`${etag} ${String(written.length).padStart(6)} bytes ${right ? "right" : "WRONG"}  ${name}`);
	}
} finally {
	await rm(folder, { recursive: true });
}

const { classes, rejected } = arrays.stats();
const all = (count: "gets" | "puts") => classes.reduce((sum, { [count]: n = 0 }) => sum + n, 0);
console.log(`arrays taken: ${all("gets")}, given back: ${all("puts")}, rejected: ${rejected}`);
