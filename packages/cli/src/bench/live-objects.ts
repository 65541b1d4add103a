const MEGABYTE = 1e6;

/** An ordinary object, as a cache or an index of an application has it. */
interface LiveRecord {
	readonly id: number;
	readonly name: string;
	readonly tags: readonly number[];
	readonly neighbour: LiveRecord | undefined;
}

/** Between two looks at how much there is. */
const BATCH = 10_000;

/** Makes so many megabytes of small objects that refer to each other; they live as long as the value returned does. */
export function liveObjects(megabytes: number): readonly LiveRecord[] {
	const records: LiveRecord[] = [];
	if (megabytes === 0) return records;
	globalThis.gc?.();
	const before = process.memoryUsage().heapUsed;
	while (process.memoryUsage().heapUsed - before < megabytes * MEGABYTE) {
		for (let i = 0; i < BATCH; i++) {
			const id = records.length;
			// Objects that were made at other times, so that following the references leaps through the heap.
			const neighbour = records[Math.floor(id / 2)];
			records.push({ id, name: `record ${id}`, tags: [id, id + 1, id + 2], neighbour });
		}
	}
	globalThis.gc?.();
	return records;
}
