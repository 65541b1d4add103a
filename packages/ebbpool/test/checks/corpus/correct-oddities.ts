import { createDeflateRaw } from "node:zlib";
import { Pool } from "ebbpool";
import type { Program } from "./program.ts";
import { useOften } from "./use-often.ts";

/** Items that refuse to be looked at, that run while they are idle, and that hold each other, used as they should be. */
export const correctOddities: readonly Program[] = [
	{
		name: "a proxy that refuses what it does not know",
		run() {
			const refusing = () =>
				new Proxy({ value: 1 } as Record<string, number>, {
					get(target, key) {
						if (typeof key === "string" && key !== "then" && !(key in target)) throw new Error(key);
						return Reflect.get(target, key);
					},
				});
			useOften(new Pool({ new: refusing }), (item) => {
				item.value = 2;
			});
		},
	},
	{
		name: "a proxy that does not let itself be looked at",
		run() {
			const refuse = () => {
				throw new Error("nobody may");
			};
			const closed = () => new Proxy({ value: 1 }, { ownKeys: refuse, setPrototypeOf: refuse });
			useOften(new Pool({ new: closed, reset: (item) => Object.assign(item, { value: 1 }) }), (item) => {
				item.value = 2;
			});
		},
	},
	{
		name: "an item whose getters throw",
		run() {
			const make = () => ({
				get emit(): never {
					throw new Error("not now");
				},
			});
			useOften(new Pool({ new: make }), () => {});
		},
	},
	{
		name: "a timer that runs while it is idle",
		async run() {
			const pool = new Pool({ new: () => setTimeout(() => {}, 5) });
			pool.put(pool.get());
			await new Promise((resolve) => setTimeout(resolve, 15));
			pool.use((timer) => timer.refresh());
		},
	},
	{
		name: "nodes of a tree, children first",
		run() {
			interface Node {
				left: Node | undefined;
				right: Node | undefined;
			}
			const pool = new Pool<Node>({
				new: () => ({ left: undefined, right: undefined }),
				reset: (node) => {
					node.left = undefined;
					node.right = undefined;
				},
			});
			const grow = (depth: number): Node => {
				const node = pool.get();
				if (depth > 0) Object.assign(node, { left: grow(depth - 1), right: grow(depth - 1) });
				return node;
			};
			const fell = (node: Node): void => {
				if (node.left) fell(node.left);
				if (node.right) fell(node.right);
				pool.put(node);
			};
			for (let i = 0; i < 3; i++) fell(grow(4));
		},
	},
	{
		name: "marks that only reset sets",
		run: () =>
			useOften(
				new Pool({
					new: (): { id: number; clean?: boolean; uses?: number } => ({ id: 0 }),
					reset: (item) => {
						item.id = 0;
						item.clean = true;
						item.uses = (item.uses ?? 0) + 1;
					},
				}),
				(item) => {
					item.id = 1;
				},
			),
	},
	{
		name: "a stream, alone and in an item, whose own reset cleans it",
		async run() {
			const use = (stream: ReturnType<typeof createDeflateRaw>) => {
				stream.write("text");
				return new Promise<void>((resolve) => stream.flush(resolve)).then(() => void stream.read());
			};
			const alone = new Pool({ new: () => createDeflateRaw(), reset: (stream) => stream.reset() });
			const inItems = new Pool({
				new: () => ({ stream: createDeflateRaw() }),
				reset: ({ stream }) => stream.reset(),
			});
			for (let i = 0; i < 3; i++) {
				await alone.use(use);
				await inItems.use(({ stream }) => use(stream));
			}
		},
	},
	{
		name: "objects of the runtime that change as they are used",
		run: () =>
			useOften(
				new Pool({
					new: () => ({ decoder: new TextDecoder(), timer: setTimeout(() => {}, 1) }),
					reset: ({ decoder }) => void decoder.decode(),
				}),
				({ decoder, timer }) => {
					decoder.decode(new Uint8Array([0xe2, 0x82]), { stream: true });
					timer.refresh();
				},
			),
	},
];
