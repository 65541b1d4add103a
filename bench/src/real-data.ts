import { readdirSync, statSync } from "node:fs";
import { createRequire } from "node:module";
import { join } from "node:path";
import { fileURLToPath } from "node:url";
import type { Packet } from "@ebbpool/example-mqtt/codec";

type Records = Readonly<Record<string, object>>;

const require = createRequire(import.meta.url);
const mediaTypes = require("mime-db") as Records;
const emoji = require("unicode-emoji-json/data-by-emoji.json") as Records;

const entries = [...Object.entries(mediaTypes), ...Object.entries(emoji)];

/** JSON texts of 0.2 and 0.3 MB, one of them ASCII. */
export const jsonDocuments: readonly string[] = [mediaTypes, emoji].map((document) =>
	JSON.stringify(document),
);

/** Some 4,400 JSON texts of 34 to 276 bytes. */
export const jsonRecords: readonly string[] = entries.map(([key, value]) =>
	JSON.stringify({ key, ...value }),
);

/** One PUBLISH for each record. */
export const mqttPackets: readonly Packet[] = jsonRecords.map((payload, i) => ({
	cmd: "publish",
	topic: `records/${i}`,
	payload,
	qos: 1,
	retain: false,
	dup: false,
	messageId: 1 + i,
}));

const INSTALLED = fileURLToPath(new URL("../../node_modules", import.meta.url));
const MAX_LENGTH = 2 ** 20;

/** Sizes of all files of the npm packages installed, up to 1 MiB: what a server of static files responds with. */
export function fileSizes(): number[] {
	return readdirSync(INSTALLED, { recursive: true, withFileTypes: true })
		.filter((entry) => entry.isFile())
		.map(({ parentPath, name }) => statSync(join(parentPath, name)).size)
		.filter((size) => size > 0 && size <= MAX_LENGTH);
}
