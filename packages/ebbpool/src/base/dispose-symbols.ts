/**
 * `Symbol.dispose` and `Symbol.asyncDispose`; where an engine lacks them, the registered symbols that polyfills and
 * compilers fall back on (core-js, Babel), so that one loaded later finds the methods.
 */
export const disposeSymbol: typeof Symbol.dispose = (Symbol.dispose ??
	Symbol.for("Symbol.dispose")) as typeof Symbol.dispose;

export const asyncDisposeSymbol: typeof Symbol.asyncDispose = (Symbol.asyncDispose ??
	Symbol.for("Symbol.asyncDispose")) as typeof Symbol.asyncDispose;
