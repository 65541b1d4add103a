/** One step of a history. The number chooses among what there is at that moment; where there is nothing, nothing is done. */
export type Step =
	| { readonly do: "acquire" | "failing create" | "release unknown" | "check" }
	| { readonly do: "release" | "abort" | "invalidate"; readonly which: number };

export interface Config {
	readonly max: number;
	readonly validates: boolean;
	readonly propagateCreateError: boolean;
	readonly steps: readonly Step[];
}

interface Resource {
	readonly id: number;
	valid: boolean;
	state: "idle" | "out" | "closed";
}

interface Caller {
	readonly name: string;
	readonly operation: { abort(): void };
	settled: boolean;
}

// biome-ignore lint/suspicious/noExplicitAny: the real one and the stand-in have the same interface, but not the same types.
type PoolClass = new (options: any) => any;

const EVENTS = [
	"acquireSuccess",
	"acquireFail",
	"release",
	"createSuccess",
	"createFail",
	"destroySuccess",
	"destroyFail",
];

/** The one pause of a creation or validation that failed, in these histories, is a millisecond. */
const later = () => new Promise((resolve) => setTimeout(resolve, 4));

/** Runs a history on a pool, and tells all that its users can see, step by step. */
export async function run(Pool: PoolClass, config: Config): Promise<string[][]> {
	const { max, validates, propagateCreateError, steps } = config;
	const resources: Resource[] = [];
	const callers: Caller[] = [];
	let failures = 0;
	let underWay = 0;
	let now: string[] = [];
	const log: string[][] = [];

	const answer = <R>(work: () => R): Promise<R> => {
		underWay++;
		return new Promise((resolve, reject) => {
			setImmediate(() => {
				underWay--;
				try {
					resolve(work());
				} catch (error) {
					reject(error);
				}
			});
		});
	};
	const quiet = async () => {
		for (let turns = 0; turns < 4; turns++) {
			await new Promise((resolve) => setImmediate(resolve));
			if (underWay > 0) turns = 0;
		}
	};

	const pool = new Pool({
		min: 0,
		max,
		propagateCreateError,
		createRetryIntervalMillis: 1,
		reapIntervalMillis: 1_000_000,
		create: () =>
			answer(() => {
				if (failures > 0) {
					failures--;
					throw new Error("refused");
				}
				const resource: Resource = { id: resources.length + 1, valid: true, state: "idle" };
				resources.push(resource);
				return resource;
			}),
		destroy: (resource: Resource) => {
			resource.state = "closed";
		},
		...(validates ? { validate: ({ valid }: Resource) => answer(() => valid) } : {}),
	});
	for (const event of EVENTS) {
		pool.on(event, (...args: unknown[]) => {
			const what = args.find((arg) => typeof arg === "object") as Resource | Error;
			now.push(`${event} ${what instanceof Error ? what.message : what.id}`);
		});
	}

	function acquire(): void {
		const name = `caller ${callers.length}`;
		const operation = pool.acquire();
		const caller: Caller = { name, operation, settled: false };
		callers.push(caller);
		operation.promise.then(
			(resource: Resource) => {
				caller.settled = true;
				resource.state = "out";
				now.push(`${name}: ${resource.id}`);
			},
			(error: Error) => {
				caller.settled = true;
				now.push(`${name}: ${error.message}`);
			},
		);
	}

	async function take(step: Step): Promise<void> {
		const out = resources.filter(({ state }) => state === "out");
		const idle = resources.filter(({ state }) => state === "idle");
		switch (step.do) {
			case "acquire":
				acquire();
				return;
			case "failing create":
				if (out.length + idle.length >= max || idle.length > 0) return;
				failures = 1;
				acquire();
				await quiet();
				await later();
				return;
			case "release": {
				const resource = out[step.which % out.length];
				if (resource === undefined) return;
				resource.state = "idle";
				now.push(`released: ${pool.release(resource)}`);
				return;
			}
			case "release unknown":
				now.push(`released: ${pool.release({ id: 0 })}`);
				return;
			case "invalidate": {
				const resource = idle[step.which % idle.length];
				if (resource === undefined || !validates) return;
				resource.valid = false;
				return;
			}
			case "abort": {
				// Whoever has a resource on its way is tested elsewhere.
				const waiting = callers.filter(({ settled }) => !settled);
				if (out.length === max) waiting[step.which % waiting.length]?.operation.abort();
				return;
			}
			case "check":
				pool.check();
		}
	}

	for (const step of steps) {
		now = [`-- ${JSON.stringify(step)}`];
		await take(step);
		await quiet();
		// One that was not valid is replaced after a timer.
		const isReplacing = () =>
			pool.numPendingAcquires() > 0 && pool.numUsed() + pool.numPendingCreates() < max;
		for (let i = 0; i < 5 && isReplacing(); i++) {
			await later();
			await quiet();
		}
		now.push(`used ${pool.numUsed()}, free ${pool.numFree()}, pending ${pool.numPendingAcquires()}`);
		now.push(`creates ${pool.numPendingCreates()}, validations ${pool.numPendingValidations()}`);
		log.push(now);
	}
	now = ["-- the end"];
	for (const caller of callers) if (!caller.settled) caller.operation.abort();
	await quiet();
	for (const resource of resources) if (resource.state === "out") pool.release(resource);
	await quiet();
	const inspection = await pool.destroy();
	now.push(`rejected: ${inspection.isRejected()}`, `empty: ${pool.isEmpty()}`);
	now.push(`open: ${resources.filter(({ state }) => state !== "closed").length}`);
	return [...log, now];
}
