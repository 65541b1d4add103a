import { EventEmitter } from "node:events";
import { Pool } from "ebbpool";
import type { Program } from "./program.ts";
import { useOften } from "./use-often.ts";

class Secret {
	#value = 0;
	get value(): number {
		return this.#value;
	}
	set value(value: number) {
		this.#value = value;
	}
}

class Stack extends Array<number> {
	get top(): number | undefined {
		return this.at(-1);
	}
}

class Point {
	x = 0;
	y = 0;
	static distance(a: Point, b: Point): number {
		return Math.hypot(a.x - b.x, a.y - b.y);
	}
}

class Point3 extends Point {
	z = 0;
}

let ids = 0;

/** Items of every kind, used as they should be. */
export const correctItems: readonly Program[] = [
	{
		name: "objects with private fields",
		run: () =>
			useOften(
				new Pool({ new: () => new Secret(), reset: (secret) => Object.assign(secret, { value: 0 }) }),
				(secret) => {
					secret.value = 1;
				},
			),
	},
	{
		name: "Maps that are cleared",
		run: () =>
			useOften(new Pool({ new: () => new Map<number, number>(), reset: (map) => map.clear() }), (map) => {
				map.set(1, 2);
			}),
	},
	{
		name: "Sets that their user clears before the put",
		run: () =>
			useOften(new Pool({ new: () => new Set<number>() }), (set) => {
				set.add(1);
				set.clear();
			}),
	},
	{
		name: "Dates that are set anew",
		run: () =>
			useOften(new Pool({ new: () => new Date(0) }), (date) => {
				date.setTime(Date.now());
			}),
	},
	{
		name: "arrays that are emptied",
		run: () =>
			useOften(
				new Pool({
					new: () => [] as number[],
					reset: (list) => {
						list.length = 0;
					},
				}),
				(list) => {
					list.push(1, 2, 3);
				},
			),
	},
	{
		name: "a subclass of Array",
		run: () =>
			useOften(
				new Pool({
					new: () => new Stack(),
					reset: (stack) => {
						stack.length = 0;
					},
				}),
				(stack) => {
					stack.push(1);
					if (stack.top !== 1 || !(stack instanceof Stack)) throw new Error("not a stack any more");
				},
			),
	},
	{
		name: "items as keys of a WeakMap that outlives the loan",
		run() {
			const uses = new WeakMap<object, number>();
			useOften(new Pool({ new: () => ({ value: 0 }) }), (item) => {
				uses.set(item, (uses.get(item) ?? 0) + 1);
			});
		},
	},
	{
		name: "items in a Set of those that are out",
		run() {
			const out = new Set<object>();
			const pool = new Pool({ new: () => ({ value: 0 }) });
			const item = pool.get();
			out.add(item);
			pool.put(item);
			out.delete(item);
			if (out.size !== 0) throw new Error("the item is another one");
		},
	},
	{
		name: "a property that use adds and reset makes undefined",
		run() {
			const pool = new Pool({
				new: (): { id: number; cache?: object | undefined } => ({ id: 0 }),
				reset: (item) => {
					item.id = 0;
					item.cache = undefined;
				},
			});
			for (let i = 0; i < 3; i++) {
				const item = pool.get();
				item.id = i;
				item.cache = { i };
				pool.put(item);
			}
		},
	},
	{
		name: "lists and memory that are made when they are first needed, and kept",
		run() {
			const pool = new Pool({
				new: (): { tags?: string[]; seen: Set<number> | null; memory: Uint8Array | null } => ({
					seen: null,
					memory: null,
				}),
				reset: ({ tags, seen }) => {
					if (tags) tags.length = 0;
					seen?.clear();
				},
			});
			for (let i = 0; i < 3; i++) {
				const item = pool.get();
				item.tags ??= [];
				item.tags.push("a");
				item.seen ??= new Set();
				item.seen.add(i);
				item.memory ??= new Uint8Array(16);
				pool.put(item);
			}
		},
	},
	{
		name: "an item that is not kept, and given away by dispose",
		run() {
			const elsewhere: { big: number[] }[] = [];
			const pool = new Pool({
				new: () => ({ big: [0] }),
				keep: () => false,
				dispose: (item) => void elsewhere.push(item),
			});
			pool.put(pool.get());
			elsewhere[0]?.big.push(1);
		},
	},
	{
		name: "an idle emitter",
		run: () =>
			useOften(new Pool({ new: () => new EventEmitter() }), (emitter) => {
				emitter.once("event", () => {});
				emitter.emit("event");
			}),
	},
	{
		name: "an event target",
		run: () =>
			useOften(new Pool({ new: () => new EventTarget() }), (target) => {
				target.dispatchEvent(new Event("event"));
			}),
	},
	{
		name: "an item with accessors",
		run: () =>
			useOften(
				new Pool({
					new: () => ({
						celsius: 0,
						get fahrenheit() {
							return this.celsius * 1.8 + 32;
						},
					}),
				}),
				(item) => {
					item.celsius = 100;
					if (item.fahrenheit !== 212) throw new Error("the accessor is gone");
				},
			),
	},
	{
		name: "an item with symbols as keys",
		run() {
			const key = Symbol("key");
			useOften(new Pool({ new: () => ({ [key]: 1 }) }), (item) => {
				if (item[key] !== 1) throw new Error("the symbol's property is gone");
			});
		},
	},
	{
		name: "an item without a prototype",
		run: () =>
			useOften(new Pool({ new: () => Object.create(null) as { a?: number } }), (item) => {
				item.a = 1;
				item.a = undefined as never;
			}),
	},
	{
		name: "frozen items",
		run: () => useOften(new Pool({ new: () => Object.freeze({ constant: 1 }) }), (item) => item.constant),
	},
	{
		name: "an item with a property that cannot be deleted",
		run: () =>
			useOften(
				new Pool({ new: () => Object.defineProperty({}, "fixed", { value: 1 }) as { fixed: number } }),
				(item) => {
					if (item.fixed !== 1) throw new Error("the property is gone");
				},
			),
	},
	{
		name: "functions with properties",
		run: () =>
			useOften(new Pool({ new: () => Object.assign(() => 1, { calls: 0 }) }), (item) => {
				item.calls += item();
			}),
	},
	{
		name: "instances of a subclass",
		run: () =>
			useOften(new Pool({ new: () => new Point3() }), (point) => {
				if (!(point instanceof Point) || Point.distance(point, point) !== 0)
					throw new Error("no point any more");
			}),
	},
	{
		name: "typed arrays that are filled again",
		run: () =>
			useOften(new Pool({ new: () => new Uint8Array(64), reset: (array) => void array.fill(0) }), (array) => {
				array.fill(7);
			}),
	},
	{
		name: "a DataView",
		run: () =>
			useOften(new Pool({ new: () => new DataView(new ArrayBuffer(8)) }), (view) => {
				view.setFloat64(0, Math.PI);
			}),
	},
	{
		name: "regular expressions with a state",
		run: () =>
			useOften(
				new Pool({
					new: () => /a/g,
					reset: (pattern) => {
						pattern.lastIndex = 0;
					},
				}),
				(pattern) => {
					pattern.test("banana");
				},
			),
	},
	{
		name: "strings and numbers, which have no identity",
		run() {
			const pool = new Pool<string | number>();
			pool.put("a");
			pool.put("a");
			pool.put(1);
			pool.put(1);
			pool.get();
		},
	},
	{
		name: "`new` with side effects: ids",
		run: () =>
			useOften(
				new Pool({
					new: () => ({ id: ++ids, value: 0 }),
					reset: (item) => Object.assign(item, { value: 0 }),
				}),
				(item) => {
					item.value = item.id;
				},
			),
	},
	{
		name: "`new` with side effects: a time of creation",
		run: () =>
			useOften(
				new Pool({
					new: () => ({ created: performance.now(), text: "" }),
					reset: (item) => Object.assign(item, { text: "" }),
				}),
				(item) => {
					item.text = "used";
				},
			),
	},
	{
		name: "a counter that reset counts up, of several items alike",
		run() {
			const pool = new Pool({
				new: () => ({ uses: 0 }),
				reset: (item) => {
					item.uses++;
				},
			});
			const items = [pool.get(), pool.get(), pool.get()];
			for (const item of items) pool.put(item);
			useOften(pool, () => {});
		},
	},
	{
		name: "a time that reset sets, twice within a millisecond",
		run() {
			const pool = new Pool({
				new: () => ({ idleSince: 0, day: new Date(0) }),
				reset: (item) => {
					item.idleSince = Date.now();
					item.day = new Date();
				},
			});
			const items = [pool.get(), pool.get(), pool.get()];
			for (const item of items) pool.put(item);
			useOften(pool, () => {});
		},
	},
	{
		name: "a number that is -0 instead of 0",
		run: () =>
			useOften(
				new Pool({
					new: () => ({ x: 0 }),
					reset: (item) => {
						item.x *= 0;
					},
				}),
				(item) => {
					item.x = -3;
				},
			),
	},
];
