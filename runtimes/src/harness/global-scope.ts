import { Pool, poolCleanup } from "ebbpool";
import { BufferPool, ByteBuffer } from "ebbpool/bytes";
import { ResourcePool } from "ebbpool/resource";
import type { Outcome } from "./jobs.ts";

// Code at global scope runs before any request: workerd refuses timers, random numbers and I/O there.
const buffers = new Pool(() => new ByteBuffer(64));
const arrays = new BufferPool();
const resources = new ResourcePool({ create: async () => "connection" });
const buffer = buffers.get();
const array = arrays.get(64);
buffers.put(buffer);
arrays.put(array);
poolCleanup();

/** Whether pools that were made, used and aged at global scope do their work in a request. */
export async function servesRequests(): Promise<Outcome> {
	const name = "workerd: pools made and used at global scope serve requests";
	const problems = [
		buffers.get() !== buffer && "the buffer put at global scope is gone",
		arrays.get(64) !== array && "the array put at global scope is gone",
		(await resources.use(async (item) => item)) !== "connection" && "there is no resource",
	].filter((problem) => problem !== false);
	return problems.length === 0
		? { name, result: "passed" }
		: { name, result: "failed", why: problems.join("; ") };
}
