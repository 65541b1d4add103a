import { openEcho } from "../echo.mjs";

export const does = "a unary call on loopback with a message of 64 KiB, echoed";
export const operations = 1500;

/** @type {import("../../../src/study.d.ts").OpenLoad} */
export async function open(requireFrom) {
	const { call, close } = await openEcho(requireFrom, {});
	const message = Buffer.alloc(64 * 1024, "flow");
	return { run: () => call(message), close };
}
