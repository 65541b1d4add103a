/** One step of a history. The number chooses among what there is at that moment; where there is nothing, nothing is done. */
export type Step =
	| { readonly do: "acquire"; readonly priority: number }
	| { readonly do: "release" | "destroy" | "invalidate"; readonly which: number }
	| { readonly do: "failing create" | "release unknown" | "use" | "failing use" };

export interface Config {
	readonly max: number;
	readonly min: number;
	readonly fifo: boolean;
	readonly testOnBorrow: boolean;
	readonly priorityRange: number;
	readonly maxWaitingClients: number | undefined;
	readonly steps: readonly Step[];
}

interface Resource {
	readonly id: number;
	valid: boolean;
	state: "idle" | "out" | "used" | "closed";
}

// biome-ignore lint/suspicious/noExplicitAny: the real one and the stand-in have the same interface, but not the same types.
type CreatePool = (factory: any, options: any) => any;

/** Longer than the stand-in's first pause after a failed creation. */
const later = () => new Promise((resolve) => setTimeout(resolve, 15));

/** Runs a history on a pool, and tells all that its users can see, step by step. */
export async function run(createPool: CreatePool, { steps, ...options }: Config): Promise<string[][]> {
	const resources: Resource[] = [];
	let callers = 0;
	let failures = 0;
	let underWay = 0;
	/** Ends a `use` each. */
	const uses: (() => void)[] = [];
	let now: string[] = ["-- the start"];
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
	const factory = {
		create: () =>
			answer(() => {
				if (failures > 0) {
					failures--;
					throw new Error("refused");
				}
				const resource: Resource = { id: resources.length + 1, valid: true, state: "idle" };
				resources.push(resource);
				now.push(`created ${resource.id}`);
				return resource;
			}),
		destroy: (resource: Resource) => {
			resource.state = "closed";
			now.push(`destroyed ${resource.id}`);
			return answer(() => {});
		},
		validate: ({ valid }: Resource) => answer(() => valid),
	};
	const pool = createPool(factory, options);
	pool.on("factoryCreateError", ({ message }: Error) => now.push(`factoryCreateError ${message}`));

	function told(promise: Promise<unknown>): void {
		const name = `caller ${callers++}`;
		promise.then(
			(result) => now.push(`${name}: ${(result as Resource | undefined)?.id ?? result}`),
			(error: Error) => now.push(`${name}: ${error.message}`),
		);
	}

	const acquire = (priority: number): void =>
		told(
			pool.acquire(priority).then((resource: Resource) => {
				resource.state = "out";
				return resource;
			}),
		);

	async function take(step: Step): Promise<void> {
		const out = resources.filter(({ state }) => state === "out");
		const idle = resources.filter(({ state }) => state === "idle");
		switch (step.do) {
			case "acquire":
				acquire(step.priority);
				return;
			case "failing create":
				if (pool.available > 0 || pool.size >= options.max || pool.pending > 0) return;
				failures = 1;
				acquire(0);
				await quiet();
				await later();
				return;
			case "release":
			case "destroy": {
				const resource = out[step.which % out.length];
				if (resource === undefined) return;
				if (step.do === "release") resource.state = "idle";
				told(pool[step.do](resource));
				return;
			}
			case "release unknown":
				told(pool.release({ id: 0 }));
				return;
			case "invalidate": {
				const resource = idle[step.which % idle.length];
				if (resource !== undefined) resource.valid = false;
				return;
			}
			case "use":
			case "failing use": {
				const used = pool.use((resource: Resource) => {
					resource.state = "used";
					return new Promise((resolve, reject) => {
						uses.push(() => {
							resource.state = "idle";
							if (step.do === "failing use") reject(new Error("fails"));
							else resolve(`used ${resource.id}`);
						});
					});
				});
				told(used);
			}
		}
	}

	const note = () => {
		const { size, available, borrowed, pending, spareResourceCapacity } = pool;
		now.push(JSON.stringify({ size, available, borrowed, pending, spareResourceCapacity }));
		log.push(now);
	};
	// One that was not valid counts as a failed creation, if it was never lent.
	const isShort = () => pool.size < options.min || (pool.pending > 0 && pool.spareResourceCapacity > 0);
	const settled = async () => {
		await quiet();
		for (let i = 0; i < 5 && isShort(); i++) {
			await later();
			await quiet();
		}
	};
	/** Uses end when all else is at rest: what is given back and what is created in one turn may become idle in either order. */
	const rest = async () => {
		await settled();
		for (let end = uses.shift(); end !== undefined; end = uses.shift()) {
			end();
			await settled();
		}
	};
	await quiet();
	note();
	for (const step of steps) {
		now = [`-- ${JSON.stringify(step)}`];
		await take(step);
		await rest();
		note();
	}
	now = ["-- the end"];
	const drained = pool.drain();
	while (pool.borrowed + pool.pending > 0) {
		for (const resource of resources) {
			if (resource.state !== "out") continue;
			resource.state = "idle";
			pool.release(resource);
		}
		await rest();
	}
	await drained;
	await pool.clear();
	// What was cleared is still counted as available by generic-pool.
	now.push(`size ${pool.size}`);
	return [...log, now];
}
