import { createRequire } from "node:module";

const properties = createRequire(import.meta.url)("unicode-emoji-json") as Record<string, object>;
const emoji = Object.entries(properties).map(([character, rest]) => ({ emoji: character, ...rest }));

export interface Answer {
	readonly path: string;
	readonly body: Buffer;
}

/** What must come where these emoji are asked for. */
export function answerOf(from: number, limit: number): Answer {
	return {
		path: `/emoji?from=${from}&limit=${limit}`,
		body: Buffer.from(JSON.stringify(emoji.slice(from, from + limit))),
	};
}

/** How many emoji make about 2, 64 and 256 kB. */
export const LIMIT = { small: 11, medium: 345, large: 1540 } as const;
