import { expectEngine, ifPossible } from "../base/engine.ts";
import { throwAll } from "../base/errors.ts";
import { instrument, type PoolClass } from "../base/instrument.ts";
import { listedPools, type PoolKind } from "../base/pool-list.ts";
import { readOptions } from "../base/rules.ts";
import { checkedBufferPool } from "./checked-buffer-pool.ts";
import { checkedPool, settleSymbol } from "./checked-pool.ts";
import { checkedResourcePool } from "./checked-resource-pool.ts";
import { checkedSharedPool } from "./checked-shared-pool.ts";
import { type CheckOptions, RULES } from "./options.ts";
import { Session } from "./session.ts";

type Check = (Class: never, sessionOf: () => Session) => unknown;

const CHECKS: Partial<Record<PoolKind, Check>> = {
	Pool: checkedPool,
	BufferPool: checkedBufferPool,
	SharedPool: checkedSharedPool,
	ResourcePool: checkedResourcePool,
};

/** What the checks are made of. */
const NEEDED = ["Map", "Set", "WeakMap", "WeakSet", "Proxy", "Reflect", "ArrayBuffer", "DataView"] as const;

type Wrap = NonNullable<typeof instrument.wrap>;

/** What stood in the slot before; and whose time is over, in whatever order they end. */
const before = ifPossible(() => new WeakMap<Wrap, Wrap | undefined>());
const over = ifPossible(() => new WeakSet<Wrap>());

/**
 * Looks for misuse of the pools of this thread that are made from now on, of every copy of this package. The guide to checks
 * says what each check covers.
 *
 * @returns a function that ends it: checked pools go on as if they were not. What was kept back is put or disposed of then; what
 *   `dispose` hooks throw, it throws
 * @throws `ERR_POOL_OPTION` for an unknown option, a wrong type or a number out of range
 *
 * @example
 * ```ts
 * import { Pool } from "ebbpool";
 * import { enableChecks } from "ebbpool/checks";
 *
 * const disable = enableChecks({ onViolation: ({ kind }) => console.log(kind) });
 * const pool = new Pool({ new: () => [] as string[] });
 * const list = pool.get();
 * pool.put(list);
 * pool.put(list); // doublePut
 * disable();
 * ```
 */
export function enableChecks(options: CheckOptions = {}): () => void {
	expectEngine("enableChecks", ...NEEDED);
	const session = new Session(readOptions("enableChecks", options, RULES));
	const wrap = <Class extends PoolClass>(kind: PoolKind, Class: Class): Class => {
		current = session;
		return checkedClass(kind, Class);
	};
	before.set(wrap, instrument.wrap);
	instrument.wrap = wrap;
	instrument.adopt = adopt;
	return () => {
		session.enabled = false;
		over.add(wrap);
		if (instrument.wrap === wrap) {
			while (instrument.wrap !== undefined && over.has(instrument.wrap))
				instrument.wrap = before.get(instrument.wrap);
		}
		const pools = listedPools().map(({ pool }) => pool as { [settleSymbol]?(): unknown[] });
		throwAll(
			"enableChecks",
			pools.flatMap((pool) => pool[settleSymbol]?.() ?? []),
		);
	};
}

/** For whom the pool is that is being made. */
let current: Session;

/** By the class of each copy of this package. */
const classes = ifPossible(() => new WeakMap<PoolClass, PoolClass>());

function checkedClass<Class extends PoolClass>(kind: PoolKind, Class: Class): Class {
	const known = classes.get(Class);
	if (known !== undefined) return known as Class;
	const checked = CHECKS[kind]?.(Class as never, () => current) as Class;
	classes.set(Class, checked);
	return checked;
}

/** Whether the pool of a user's subclass is being made by what {@link adopt} called. */
let adopting = false;

/**
 * Makes a pool of a user's subclass by way of the checked class, which is put between the two for good: what overrides `get` then
 * has from its `super` what is checked.
 */
function adopt<Class extends PoolClass>(
	kind: PoolKind,
	Class: Class,
	options: unknown,
	target: PoolClass,
): InstanceType<Class> | undefined {
	const { wrap } = instrument;
	if (adopting || wrap === undefined) return undefined;
	const Checked = wrap(kind, Class);
	if (Checked === target || !isBelow(Checked, Class, target)) return undefined;
	adopting = true;
	try {
		return Reflect.construct(Checked, [options], target) as InstanceType<Class>;
	} finally {
		adopting = false;
	}
}

/** Whether the checked class is, from now on at the latest, between a class and its subclass. */
function isBelow(Checked: PoolClass, Class: PoolClass, target: PoolClass): boolean {
	let last: object = target.prototype;
	for (;;) {
		const next: object | null = Object.getPrototypeOf(last);
		if (next === Checked.prototype) return true;
		if (next === Class.prototype) return Reflect.setPrototypeOf(last, Checked.prototype);
		if (next === null) return false;
		last = next;
	}
}
