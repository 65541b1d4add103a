import type { Hash } from "node:crypto";
import type { Pool } from "ebbpool";
import type { PoolFigures } from "../report/model.ts";
import { checkDefinition } from "./check-definition.ts";
import { freshItems, HeldItems, type ItemOptions, type Items, itemsByHand, pooledItems } from "./items.ts";
import { loop } from "./loop.ts";
import type { Result, Session } from "./session.ts";
import type { OpenOptions, Source, Workload } from "./workload.ts";

export type { ItemOptions, Items } from "./items.ts";
export type { Result, Run, Session } from "./session.ts";
export type { OpenOptions, Source, Workload } from "./workload.ts";

/** Where the bytes or text of a result go when the ways are compared; not there while time is measured. */
export type Audit = Pick<Hash, "update">;

interface Common<Pooled extends T, T> {
	/** Names it in the table. */
	readonly name: string;
	/** What one operation does, in a few words. */
	readonly summary?: string;
	/** How items are made, cleaned and disposed of: the options of a `Pool`. */
	readonly pool: ItemOptions<Pooled>;
	/** How long it runs before anything is measured, in milliseconds; 200 unless told. */
	readonly warmUpMs?: number;
	/** What a good engineer writes where there is no pool, if that is not `pool.new`. */
	readonly fresh?: () => T;
	/**
	 * Where a good engineer would keep items without a pool, given how many are in use at a time; false: it cannot be
	 * done. Unless told: one in a variable, or that many made beforehand.
	 */
	readonly byHand?: false | ((count: number) => Items<T>);
	/** How many items are in use at a time, if that is not one an operation under way. */
	readonly itemsInUse?: number;
}

/** A workload of one function, which runs on its inputs round and round. */
export interface FunctionWorkload<Pooled extends T, Input, T> extends Common<Pooled, T> {
	/** The inputs, or a function that makes them in the process that measures. Without them there is one: undefined. */
	readonly inputs?: readonly Input[] | (() => readonly Input[] | Promise<readonly Input[]>);
	/** One operation: gets what it needs from the items, and puts it back when it is done with it. */
	run(items: Items<T>, input: Input, audit?: Audit): Result | Promise<Result>;
}

/** A workload with a life of its own, such as a server under load. */
export interface SessionWorkload<Pooled extends T, T> extends Common<Pooled, T> {
	open(items: Items<T>, options: OpenOptions): Session | Promise<Session>;
}

const DEFAULT_WARM_UP_MS = 200;

/**
 * Makes a workload of one function over a source of items, which `ebbpool bench FILE` measures: the ways differ in the
 * source only.
 */
export function defineWorkload<Pooled extends T, Input = undefined, T = Pooled>(
	definition: FunctionWorkload<Pooled, Input, T> | SessionWorkload<Pooled, T>,
): Workload {
	checkDefinition(definition);
	const { name, summary = "", warmUpMs = DEFAULT_WARM_UP_MS, byHand } = definition;
	return {
		name,
		summary,
		warmUpMs,
		sources: byHand === false ? ["fresh", "pooled"] : ["fresh", "byHand", "pooled"],
		open: async (source, options = {}) => openSession(definition, source, options),
	};
}

async function openSession<Pooled extends T, Input, T>(
	definition: FunctionWorkload<Pooled, Input, T> | SessionWorkload<Pooled, T>,
	source: Source,
	options: OpenOptions,
): Promise<Session> {
	const [items, pool] = open(definition, source, options);
	if ("open" in definition) return withFigures(await definition.open(items, options), pool);

	const { concurrency = 1 } = options;
	const inputs = await inputsOf(definition);
	const held = concurrency > 1 ? new HeldItems(items) : undefined;
	const used = held ?? items;
	const session = loop(inputs.length, (at, audit) => definition.run(used, inputs[at] as Input, audit), {
		concurrency,
		// Operations that end before they return are never under way together; their items are, if they are held.
		onSynchronous: () => held?.hold(concurrency - 1),
	});
	return withFigures(session, pool);
}

function withFigures<T>(session: Session, pool: Pool<T> | undefined): Session {
	return pool === undefined ? session : Object.assign(session, { pool: () => figuresOf(pool) });
}

function open<Pooled extends T, T>(
	definition: Common<Pooled, T>,
	source: Source,
	{ concurrency = 1 }: OpenOptions,
): [Items<T>, Pool<Pooled>?] {
	const { name, pool: itemOptions, fresh, byHand, itemsInUse = concurrency } = definition;
	switch (source) {
		case "fresh":
			return [fresh ? freshItems(fresh) : freshItems<T>(itemOptions.new, itemOptions.dispose as never)];
		case "byHand":
			if (byHand === false) throw new Error(`${name} cannot be done by hand`);
			return [byHand ? byHand(itemsInUse) : (itemsByHand(itemOptions, itemsInUse) as Items<T>)];
		case "pooled": {
			const pool = pooledItems(name, itemOptions);
			return [pool as Items<T>, pool];
		}
	}
}

async function inputsOf<Input>(definition: {
	readonly inputs?: readonly Input[] | (() => readonly Input[] | Promise<readonly Input[]>);
}): Promise<readonly Input[]> {
	const { inputs } = definition;
	const list = typeof inputs === "function" ? await inputs() : inputs;
	if (list === undefined) return [undefined as Input];
	if (list.length === 0) throw new Error("inputs: expected at least one, got none");
	return list;
}

function figuresOf<T>(pool: Pool<T>): PoolFigures {
	const { name, gets, hits, misses, evicted, local, victim } = pool.stats();
	return { name, pools: 1, gets, hits, misses, evicted, pooled: local + victim, bytes: undefined };
}
