import { createRequire } from "node:module";

interface Properties {
	readonly name: string;
	readonly group: string;
	readonly unicode_version: string;
}

/** Node 20 has no JSON imports without a warning. */
const require = createRequire(import.meta.url);
const properties = require("unicode-emoji-json") as Record<string, Properties>;

/** Each emoji as JSON in UTF-8, encoded once: what a server takes from its cache. About 170 bytes each. */
export const fragments: readonly Uint8Array[] = Object.entries(properties).map(([emoji, rest]) =>
	Buffer.from(JSON.stringify({ emoji, ...rest })),
);
