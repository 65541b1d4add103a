import { Pool } from "ebbpool";
import { ByteBuffer } from "ebbpool/bytes";
import type { Program } from "./program.ts";

interface Request {
	id: number;
	user: string | undefined;
	headers: Map<string, string>;
	tags: string[];
	limits: { bytes: number; retries: number };
}

const newRequest = (): Request => ({
	id: 0,
	user: undefined,
	headers: new Map(),
	tags: [],
	limits: { bytes: 0, retries: 3 },
});

/** One use of a pool of requests whose reset is the given one. */
function useOnce(reset: (request: Request) => void, dirty: (request: Request) => void): void {
	const pool = new Pool({ new: newRequest, reset });
	const request = pool.get();
	dirty(request);
	pool.put(request); // FAULT
}

/** Programs whose reset leaves something behind. */
export const dirtyPuts: readonly Program[] = [
	{
		name: "a field that reset forgets",
		run() {
			useOnce(
				(request) => {
					request.id = 0;
				},
				(request) => {
					request.user = "alice";
				},
			);
		},
	},
	{
		name: "an object where there was nothing",
		run() {
			const pool = new Pool({
				new: (): { context: object | undefined } => ({ context: undefined }),
				reset: () => {},
			});
			const item = pool.get();
			item.context = {};
			pool.put(item); // FAULT
		},
	},
	{
		name: "a Map that reset does not clear",
		run() {
			useOnce(
				(request) => {
					request.user = undefined;
				},
				(request) => {
					request.headers.set("cookie", "secret");
				},
			);
		},
	},
	{
		name: "an array that reset does not empty",
		run() {
			useOnce(
				(request) => {
					request.id = 0;
				},
				(request) => {
					request.tags.push("vip");
				},
			);
		},
	},
	{
		name: "a nested field that reset forgets",
		run() {
			useOnce(
				(request) => {
					request.limits.bytes = 0;
				},
				(request) => {
					request.limits.retries = 0;
				},
			);
		},
	},
	{
		name: "a field that the user added",
		run() {
			useOnce(
				(request) => {
					request.id = 0;
				},
				(request) => {
					Object.assign(request, { session: "abc" });
				},
			);
		},
	},
	{
		name: "a buffer whose reset does nothing",
		run() {
			const pool = new Pool({ new: () => new ByteBuffer(16), reset: () => {} });
			const buffer = pool.get();
			buffer.writeString("secret");
			pool.put(buffer); // FAULT
		},
	},
	{
		name: "a typed array whose reset clears the half of it",
		run() {
			const pool = new Pool({
				new: () => new Float64Array(8),
				reset: (array) => void array.fill(0, 0, 4),
			});
			const array = pool.get();
			array.fill(1);
			pool.put(array); // FAULT
		},
	},
	{
		name: "a reset that sets the wrong value, each time",
		run() {
			const pool = new Pool({
				new: () => ({ left: 10 }),
				reset: (counter) => {
					counter.left = 0;
				},
			});
			for (let i = 0; i < 2; i++) {
				const counter = pool.get();
				counter.left = 5;
				pool.put(counter); // FAULT
			}
		},
	},
	{
		name: "a property under a symbol that reset forgets",
		run() {
			const key = Symbol("session");
			const pool = new Pool({ new: () => ({ [key]: 0 }), reset: () => {} });
			const item = pool.get();
			item[key] = 7;
			pool.put(item); // FAULT
		},
	},
	{
		name: "a Date that reset forgets",
		run() {
			const pool = new Pool({ new: () => new Date(0), reset: () => {} });
			const date = pool.get();
			date.setTime(1_000);
			pool.put(date); // FAULT
		},
	},
	{
		name: "a value in a Map that was there when it was new",
		run() {
			const pool = new Pool({ new: () => new Map([["role", "guest"]]), reset: () => {} });
			const map = pool.get();
			map.set("role", "admin");
			pool.put(map); // FAULT
		},
	},
	{
		name: "a Map in a Map that reset does not clear",
		run() {
			const pool = new Pool({
				new: () => new Map([["headers", new Map<string, string>()]]),
				reset: () => {},
			});
			const map = pool.get();
			map.get("headers")?.set("cookie", "secret");
			pool.put(map); // FAULT
		},
	},
	{
		name: "a Set of the same size with another element",
		run() {
			const pool = new Pool({ new: () => ({ rights: new Set(["read"]) }), reset: () => {} });
			const item = pool.get();
			item.rights.delete("read");
			item.rights.add("write");
			pool.put(item); // FAULT
		},
	},
	{
		name: "a property that is not enumerable",
		run() {
			const pool = new Pool({
				new: () => Object.defineProperty({}, "user", { value: "", writable: true }) as { user: string },
				reset: () => {},
			});
			const item = pool.get();
			item.user = "alice";
			pool.put(item); // FAULT
		},
	},
	{
		name: "the place at which a regular expression goes on",
		run() {
			const pool = new Pool({ new: () => /a/g, reset: () => {} });
			const pattern = pool.get();
			pattern.test("banana");
			pool.put(pattern); // FAULT
		},
	},
];
