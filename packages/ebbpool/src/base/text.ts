import { PoolError } from "./errors.ts";

let encoder: TextEncoder | undefined;
let decoder: TextDecoder | undefined;

/** The engine's encoder of UTF-8, looked for when it is first needed: some engines have none. */
export function textEncoder(): TextEncoder {
	encoder ??= new (engineHas("TextEncoder"))();
	return encoder;
}

/** The engine's decoder of UTF-8. A leading U+FEFF is content: bytes are read back as what was written. */
export function textDecoder(): TextDecoder {
	decoder ??= new (engineHas("TextDecoder"))("utf-8", { ignoreBOM: true });
	return decoder;
}

function engineHas<Name extends "TextEncoder" | "TextDecoder">(name: Name): (typeof globalThis)[Name] {
	const found: (typeof globalThis)[Name] | undefined = globalThis[name];
	if (found !== undefined) return found;
	throw new PoolError("ERR_POOL_ARGUMENT", `text: expected an engine with ${name}, which this one lacks`);
}
