import {
	type Configuration,
	configure,
	type Lease,
	onMajorGC,
	Pool,
	PoolError,
	type PoolErrorCode,
	type PoolOptions,
	type PoolOrder,
	type PoolStats,
	poolCleanup,
} from "ebbpool";
import { expectType } from "./equal.ts";

// Compiled, never run: what must compile, and below it what must not.

class Frame {
	readonly pixels: Uint8Array;
	readonly width: number;
	constructor(width = 1280, height = 720) {
		this.width = width;
		this.pixels = new Uint8Array(4 * width * height);
	}
	wipe(): void {
		this.pixels.fill(0);
	}
}

export function infersTheItemFromNew(): void {
	const short = new Pool(() => new Frame());
	expectType<Pool<Frame>>()(short);
	expectType<Frame>()(short.get());
	const long = new Pool({ new: () => new Frame(64, 64) });
	expectType<Pool<Frame>>()(long);
	expectType<number>()(long.get().width);
	expectType<string>()(new Pool(() => "New Object").get());
	expectType<() => number>()(new Pool({ new: (): (() => number) => () => 1 }).get());
}

export function infersTheItemOfTheHooks(): void {
	const frames = new Pool({
		name: "frames",
		new: () => new Frame(),
		reset(frame) {
			expectType<Frame>()(frame);
			frame.wipe();
		},
		keep: (frame) => frame.width <= 1920,
		dispose(frame) {
			expectType<Frame>()(frame);
		},
		order: "victim-first",
		stats: true,
	});
	expectType<Frame>()(frames.get());
}

export function givesUndefinedWithoutNew(): void {
	const empty = new Pool<Frame>();
	expectType<Pool<Frame, undefined>>()(empty);
	expectType<Frame | undefined>()(empty.get());
	expectType<Frame | undefined>()(new Pool<Frame>({ name: "frames" }).get());
	const inferred = new Pool({ reset: (frame: Frame) => frame.wipe() });
	expectType<Frame | undefined>()(inferred.get());
	empty.new = () => new Frame();
	// Assigned later, as in Go: the type cannot know, so it stays the careful one.
	expectType<Frame | undefined>()(empty.get());
}

export function takesTheItemTypeExplicitly(): void {
	expectType<Frame>()(new Pool<Frame>(() => new Frame()).get());
	expectType<Frame>()(new Pool<Frame>({ new: () => new Frame() }).get());
	expectType<number[]>()(new Pool<number[]>(() => []).get());
	const options: PoolOptions<Frame> = { keep: (frame) => frame.width > 0, order: undefined };
	expectType<Frame | undefined>()(new Pool(options).get());
}

export function lendsTheItem(): void {
	const frames = new Pool(() => new Frame());
	using lease = frames.lease();
	expectType<Lease<Frame>>()(lease);
	expectType<Frame>()(lease.item);
	expectType<Lease<Frame | undefined>>()(new Pool<Frame>().lease());
	using pool = new Pool<Frame>();
	pool.put(new Frame());
}

export async function usesTheItem(): Promise<void> {
	const frames = new Pool(() => new Frame());
	expectType<number>()(frames.use((frame) => frame.width));
	expectType<Promise<number>>()(frames.use(async (frame) => frame.width));
	expectType<number>()(await frames.use(async (frame) => frame.width));
	expectType<number | undefined>()(new Pool<Frame>().use((frame) => frame?.width));
}

export function putsWhatGetsGive(): void {
	const frames = new Pool<Frame>();
	frames.put(frames.get());
	frames.put(undefined);
	frames.put(null);
	frames.discard(frames.get());
}

export function hasTypesForItsNeighbours(): void {
	expectType<void>()(poolCleanup());
	expectType<() => void>()(onMajorGC(() => {}));
	const configuration: Configuration = { idleCleanup: false };
	expectType<void>()(configure(configuration));
	expectType<PoolOrder>()("local-first" as "local-first" | "victim-first");
	const stats: PoolStats = new Pool({ stats: true }).stats();
	expectType<number | undefined>()(stats.gets);
	expectType<number>()(stats.local);
	const error: unknown = new Error();
	if (error instanceof PoolError) expectType<PoolErrorCode>()(error.code);
}

export function isAssignableWhereLessIsAsked(): void {
	const frames = new Pool(() => new Frame());
	const careful: Pool<Frame, undefined> = frames;
	const source: { get(): Frame } = frames;
	const disposable: Disposable = frames;
	void [careful, source, disposable];
}

export function mustNotCompile(): void {
	const frames = new Pool(() => new Frame());
	const empty = new Pool<Frame>();

	// @ts-expect-error: only what the pool holds can be put
	frames.put("a string");
	// @ts-expect-error: nor discarded
	frames.discard(42);
	// @ts-expect-error: without `new` there may be nothing
	empty.get().wipe();
	// @ts-expect-error: nor may a lease's item be used unchecked
	empty.lease().item.wipe();
	// @ts-expect-error: nor the item of a use
	empty.use((frame) => frame.wipe());
	// @ts-expect-error: an asynchronous keep answers too late
	new Pool({ new: () => new Frame(), keep: async () => true });
	// @ts-expect-error: keep answers yes or no
	new Pool({ new: () => new Frame(), keep: (frame) => frame.width });
	// @ts-expect-error: an unknown option
	new Pool({ new: () => new Frame(), max: 10 });
	// @ts-expect-error: Go's spelling
	new Pool({ New: () => new Frame() });
	// @ts-expect-error: there are two orders
	new Pool({ order: "fifo" });
	// @ts-expect-error: a switch
	new Pool({ stats: "yes" });
	// @ts-expect-error: a name is a string
	new Pool({ name: 3 });
	// @ts-expect-error: `new` takes no arguments
	new Pool({ new: (width: number) => new Frame(width) });
	// @ts-expect-error: a class is not a function that makes one
	new Pool(Frame);
	// @ts-expect-error: hooks are given what `new` makes
	new Pool({ new: () => new Frame(), reset: (text: string) => void text });
	// @ts-expect-error: `new` makes what the pool holds
	new Pool<Frame>(() => "a string");
	// @ts-expect-error: the name of a pool is fixed
	frames.name = "other";
	// @ts-expect-error: `new` is a function
	frames.new = 3;
	// @ts-expect-error: and makes what the pool holds
	frames.new = () => "a string";
	// @ts-expect-error: the item of a lease cannot be exchanged
	frames.lease().item = new Frame();
	// @ts-expect-error: a snapshot is read-only
	frames.stats().local = 0;
	// @ts-expect-error: a pool is made with `new`
	Pool(() => new Frame());
	// @ts-expect-error: an unknown setting
	configure({ idleCleanUp: 1000 });
	// @ts-expect-error: off is `false`
	configure({ idleCleanup: true });
	// @ts-expect-error: a listener is a function
	onMajorGC("tick");
	// @ts-expect-error: an unknown code
	new PoolError("ERR_OTHER", "message");
	const other: Pool<string> = new Pool(() => "text");
	// @ts-expect-error: a pool of strings is no pool of frames
	const wrong: Pool<Frame> = other;
	void wrong;
}
