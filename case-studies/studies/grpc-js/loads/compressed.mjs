import { documents } from "../../../src/data.mjs";
import { openEcho } from "../echo.mjs";

export const does =
	"a unary call on loopback with a JSON message of 1 to 4 kB, compressed with gzip by the client, echoed";
export const why =
	"services that talk across regions pay for bytes, and turn on grpc.default_compression_algorithm";
export const operations = 1500;

/** The package's number for gzip. */
const GZIP = 2;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const { call, close } = await openEcho(requireFrom, { "grpc.default_compression_algorithm": GZIP });
	const inputs = documents([5, 8, 12, 20]).map((text) => Buffer.from(text));
	return { run: (at) => call(inputs[at % inputs.length]), close };
}
