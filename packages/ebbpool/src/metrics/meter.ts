/** What is said of an instrument when it is made. */
export interface InstrumentOptions {
	readonly description?: string;
	/** By the Unified Code for Units of Measure, such as `s`, `By` or `{item}`. */
	readonly unit?: string;
	/** Where a histogram's buckets end, unless the service says otherwise by a view. */
	readonly advice?: { explicitBucketBoundaries?: number[] };
}

/** Tells one series of an instrument from the others. */
export type Attributes = Record<string, string>;

/** An instrument that is asked for its values; opaque here. */
export type Observable = object;

/** Where a callback writes what it observes. */
export interface Observations {
	observe(instrument: Observable, value: number, attributes?: Attributes): void;
}

export interface Histogram {
	record(value: number, attributes?: Attributes): void;
}

/**
 * A `Meter` of `@opentelemetry/api`, as far as it is used: its own type fits here, and none of ours needs that package.
 */
export interface MeterLike {
	// biome-ignore lint/suspicious/noExplicitAny: what a meter returns is handed back to it, whatever its type.
	createObservableCounter(name: string, options?: InstrumentOptions): any;
	// biome-ignore lint/suspicious/noExplicitAny: likewise.
	createObservableUpDownCounter(name: string, options?: InstrumentOptions): any;
	createHistogram(name: string, options?: InstrumentOptions): Histogram;
	// biome-ignore lint/suspicious/noExplicitAny: the parameters of a callback that the meter calls.
	addBatchObservableCallback(callback: (result: any) => void, observables: any[]): void;
	// biome-ignore lint/suspicious/noExplicitAny: likewise.
	removeBatchObservableCallback(callback: (result: any) => void, observables: any[]): void;
}
