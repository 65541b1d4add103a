// UTF-8 as the Encoding Standard has it, for engines that come without: what a program there would load as a polyfill.

const REPLACEMENT = 0xfffd;

class Encoder {
	encode(text = ""): Uint8Array {
		return Uint8Array.from([...text].flatMap(bytesOf));
	}

	encodeInto(text: string, target: Uint8Array): { read: number; written: number } {
		let read = 0;
		let written = 0;
		for (const character of text) {
			const bytes = bytesOf(character);
			if (bytes.length > target.length - written) break;
			target.set(bytes, written);
			read += character.length;
			written += bytes.length;
		}
		return { read, written };
	}
}

function bytesOf(character: string): number[] {
	const given = character.codePointAt(0) ?? 0;
	const point = given >= 0xd800 && given < 0xe000 ? REPLACEMENT : given;
	const tail = (shift: number) => 0x80 | ((point >> shift) & 0x3f);
	if (point < 0x80) return [point];
	if (point < 0x800) return [0xc0 | (point >> 6), tail(0)];
	if (point < 0x10000) return [0xe0 | (point >> 12), tail(6), tail(0)];
	return [0xf0 | (point >> 18), tail(12), tail(6), tail(0)];
}

class Decoder {
	readonly #ignoreBOM: boolean;

	constructor(_label = "utf-8", { ignoreBOM = false }: { readonly ignoreBOM?: boolean } = {}) {
		this.#ignoreBOM = ignoreBOM;
	}

	decode(bytes: Uint8Array = new Uint8Array()): string {
		let text = "";
		let point = 0;
		let needed = 0;
		// What the next byte must be; narrower after some first bytes, so that nothing is encoded longer than need be.
		let [lowest, highest] = [0x80, 0xbf];
		for (let at = 0; at < bytes.length; at++) {
			const byte = bytes[at] as number;
			if (needed === 0) {
				if (byte < 0x80) text += String.fromCharCode(byte);
				else if (byte >= 0xc2 && byte <= 0xf4) {
					needed = byte < 0xe0 ? 1 : byte < 0xf0 ? 2 : 3;
					point = byte & (0x3f >> needed);
					if (byte === 0xe0) lowest = 0xa0;
					if (byte === 0xed) highest = 0x9f;
					if (byte === 0xf0) lowest = 0x90;
					if (byte === 0xf4) highest = 0x8f;
				} else text += String.fromCharCode(REPLACEMENT);
				continue;
			}
			const fits = byte >= lowest && byte <= highest;
			[lowest, highest] = [0x80, 0xbf];
			if (!fits) {
				needed = 0;
				text += String.fromCharCode(REPLACEMENT);
				at--; // it may begin a character of its own
				continue;
			}
			point = (point << 6) | (byte & 0x3f);
			if (--needed === 0) text += String.fromCodePoint(point);
		}
		if (needed > 0) text += String.fromCharCode(REPLACEMENT);
		return this.#ignoreBOM || text.charCodeAt(0) !== 0xfeff ? text : text.slice(1);
	}
}

export const lentText = { TextEncoder: Encoder, TextDecoder: Decoder };
