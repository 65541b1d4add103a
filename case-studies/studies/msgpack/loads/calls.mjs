import { random } from "../../../src/data.mjs";

export const does =
	"calls of some 40 bytes, an id, a method and two arguments, encoded one by one with encode()";
export const why = "a client of a MessagePack-RPC server sends one such message a call";
export const operations = 500_000;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export function open(requireFrom) {
	const { encode } = requireFrom("@msgpack/msgpack");
	const next = random(3);
	const inputs = Array.from({ length: 100 }, (_, id) => [
		0,
		id,
		"orders.add",
		[Math.floor(next() * 1e6), { quantity: Math.floor(next() * 100) }],
	]);
	return (at) => encode(inputs[at % inputs.length]);
}
