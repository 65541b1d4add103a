import { fromEngine } from "./engine.ts";

let encoder: TextEncoder | undefined;
let decoder: TextDecoder | undefined;

/** The engine's encoder of UTF-8, looked for when it is first needed: some engines have none. `what` needs it, for the message. */
export function textEncoder(what: string): TextEncoder {
	encoder ??= new (fromEngine(what, "TextEncoder"))();
	return encoder;
}

/** The engine's decoder of UTF-8. A leading U+FEFF is content: bytes are read back as what was written. */
export function textDecoder(what: string): TextDecoder {
	decoder ??= new (fromEngine(what, "TextDecoder"))("utf-8", { ignoreBOM: true });
	return decoder;
}
