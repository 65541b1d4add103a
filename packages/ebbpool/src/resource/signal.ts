/** What the pool uses of an `AbortSignal`. */
export interface MinimalSignal {
	readonly aborted: boolean;
	readonly reason: unknown;
	addEventListener(type: "abort", listener: () => void): void;
	removeEventListener(type: "abort", listener: () => void): void;
}

/** The `AbortSignal` of whatever types the program has; without any, what the pool uses of it. */
export type Signal = typeof globalThis extends { AbortSignal: { prototype: infer S } } ? S : MinimalSignal;
