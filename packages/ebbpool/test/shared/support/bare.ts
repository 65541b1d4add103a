import { parentPort, workerData } from "node:worker_threads";
import type * as Shared from "ebbpool/shared";

// An engine that lacks some globals: prints what the library makes of that.
for (const name of workerData as readonly string[]) Reflect.deleteProperty(globalThis, name);
const { SharedPool, struct }: typeof Shared = await import("ebbpool/shared");

function outcomeOf(action: () => unknown): string {
	try {
		return String(action());
	} catch (error) {
		const { code, message } = error as Shared.PoolError;
		return `${code} ${message}`;
	}
}

parentPort?.postMessage({
	pool: outcomeOf(() => {
		const pool = SharedPool.create({ slotSize: 8, slots: 2 });
		pool.put(pool.get());
		const isSame = SharedPool.attach(pool.handle) === pool;
		pool[Symbol.dispose]();
		return isSame && pool.stats().free === 2;
	}),
	attached: outcomeOf(() => SharedPool.attach({ memory: {} } as never)),
	text: outcomeOf(() => {
		const fields = struct({ text: struct.utf8(8) }).createFields(new ArrayBuffer(9), 0);
		fields.text = "é";
		return fields.text;
	}),
});
