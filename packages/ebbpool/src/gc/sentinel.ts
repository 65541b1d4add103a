/** One that is registered, and a twin that can be asked for: whoever asks a `WeakRef` keeps what it finds for that job. */
export interface SentinelPair {
	readonly sentinel: WeakKey;
	readonly twin: WeakKey;
}

/**
 * Where the clock's sentinels come from: values that only a *major* collection finds dead. What qualifies differs by
 * engine, because some clear weak references to young objects in minor collections too.
 */
export interface SentinelSource {
	/** New ones; the caller keeps no reference to them. */
	next(): SentinelPair;
	/**
	 * Whether any sentinel will do, made at any moment. If not, one may be made only when the one before it has died, and
	 * the death of the very first means nothing.
	 */
	readonly immediate: boolean;
}

/** V8: a symbol is allocated in the old generation, so that it dies in major collections only. */
const symbols: SentinelSource = {
	next: () => ({ sentinel: Symbol() as WeakKey, twin: Symbol() as WeakKey }),
	immediate: true,
};

const objectPair = (): SentinelPair => ({ sentinel: {}, twin: {} });

/** SpiderMonkey: weak edges are swept in major collections only, so that any object will do. */
const objects: SentinelSource = { next: objectPair, immediate: true };

/**
 * JavaScriptCore, and engines unknown: what has lived through one collection is old, and an old object dies in major
 * collections only. So the source keeps spares and hands them out when the sentinel before them has died; the very first
 * have no such past.
 */
function spares(): SentinelSource {
	let spare: SentinelPair | undefined;
	return {
		next() {
			const pair = spare ?? objectPair();
			spare = objectPair();
			return pair;
		},
		immediate: false,
	};
}

/**
 * Picks the source for this engine. Engines are told apart by the fields they put on errors: no standard feature shows
 * what their collectors do with weak references.
 */
export function sentinelSource(): SentinelSource {
	const error = new Error();
	if ("fileName" in error) return objects;
	return "line" in error || !("captureStackTrace" in Error) ? spares() : symbols;
}
