import { ByteBuffer } from "ebbpool/bytes";
import { PoolError, ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";
import type { Outcome } from "./jobs.ts";

/** What needs something that a small engine lacks, and what that is. */
const NEEDS: readonly { readonly what: string; readonly names: string; work(): unknown }[] = [
	{ what: "a text to encode", names: "TextEncoder", work: () => new ByteBuffer().writeString("é") },
	{
		what: "a text to decode",
		names: "TextDecoder",
		work() {
			const buffer = new ByteBuffer();
			buffer.write(Uint8Array.of(0xc3, 0xa9));
			buffer.toString();
		},
	},
	{
		what: "the signal of a creation",
		names: "AbortController",
		work: () => new ResourcePool({ create: async ({ signal }) => signal }).acquire(),
	},
	{
		what: "a shared pool",
		names: "Atomics",
		work: () => SharedPool.create({ slotSize: 1, slots: 1 }),
	},
];

/** Whether what cannot be done throws an error that names what is missing. */
export function namesWhatIsMissing(): Promise<Outcome[]> {
	return Promise.all(
		NEEDS.map(async ({ what, names, work }): Promise<Outcome> => {
			const name = `QuickJS: ${what} is an error that names what is missing`;
			try {
				await work();
				return { name, result: "failed", why: "there was no error" };
			} catch (error) {
				const told = error instanceof PoolError && error.message.includes(names);
				return told ? { name, result: "passed" } : { name, result: "failed", why: String(error) };
			}
		}),
	);
}
