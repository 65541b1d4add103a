import { syncBuiltinESMExports } from "node:module";
import { Transform } from "node:stream";
import zlib from "node:zlib";
import { takeOver } from "./hook-constructors.ts";
import type { OffHeapCounter } from "./off-heap.ts";

interface Options {
	readonly windowBits?: number;
	readonly memLevel?: number;
}

const WINDOW_BITS = 15;
const MEM_LEVEL = 8;
/** What zlib's inflate keeps besides its window (zconf.h). */
const INFLATE_STATE = 7 * 1024;

/** What zlib.h and zconf.h say that a context takes. */
const deflateBytes = ({ windowBits = WINDOW_BITS, memLevel = MEM_LEVEL }: Options): number =>
	2 ** (windowBits + 2) + 2 ** (memLevel + 9);
const inflateBytes = ({ windowBits = WINDOW_BITS }: Options): number => 2 ** windowBits + INFLATE_STATE;

const CONTEXTS: Readonly<Record<string, (options: Options) => number>> = {
	deflate: deflateBytes,
	deflateRaw: deflateBytes,
	gzip: deflateBytes,
	inflate: inflateBytes,
	inflateRaw: inflateBytes,
	gunzip: inflateBytes,
	unzip: inflateBytes,
};

type Call = (this: unknown, ...args: unknown[]) => unknown;

/** Counts the compression contexts that are made, at what zlib documents that they take. */
export function hookZlib(counter: OffHeapCounter): void {
	for (const [name, bytesOf] of Object.entries(CONTEXTS)) {
		const className = `${name[0]?.toUpperCase()}${name.slice(1)}`;
		hook({ name, optionsAt: 1, bytesOf }, counter);
		hook({ name: `${name}Sync`, optionsAt: 1, bytesOf }, counter);
		hook({ name: `create${className}`, optionsAt: 0, bytesOf }, counter);
		hook({ name: className, optionsAt: 0, bytesOf }, counter);
	}
	syncBuiltinESMExports();
}

interface ContextMaker {
	readonly name: string;
	/** Which argument holds the options. */
	readonly optionsAt: number;
	readonly bytesOf: (options: Options) => number;
}

function hook({ name, optionsAt, bytesOf }: ContextMaker, counter: OffHeapCounter): void {
	const original = (zlib as unknown as Record<string, Call | undefined>)[name];
	if (original === undefined) return;
	const what = `zlib.${name}`;
	// Classes of zlib may be called with and without `new`.
	function counting(this: unknown, ...args: unknown[]): unknown {
		const options = args[optionsAt];
		const { within } = counter;
		counter.within = within ?? `${what} output`;
		let made: unknown;
		try {
			made =
				new.target === undefined
					? Reflect.apply(original as Call, this, args)
					: Reflect.construct(
							original as Call,
							args,
							new.target === counting ? (original as Call) : new.target,
						);
		} finally {
			counter.within = within;
		}
		// The context of a call that compresses all at once is gone when it ends, and whatever is made here too.
		const context = made instanceof Transform ? made : {};
		counter.note(context, bytesOf(isOptions(options) ? options : {}), what);
		return made;
	}
	takeOver(counting, original);
	Object.defineProperty(zlib, name, { ...Object.getOwnPropertyDescriptor(zlib, name), value: counting });
}

function isOptions(value: unknown): value is Options {
	return typeof value === "object" && value !== null;
}
