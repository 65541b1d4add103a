// What `using` needs, for compilers that are given neither the library `esnext.disposable` nor Node's types; where they
// are, these declarations merge with theirs.

interface SymbolConstructor {
	readonly dispose: unique symbol;
	readonly asyncDispose: unique symbol;
}

interface Disposable {
	[Symbol.dispose](): void;
}

interface AsyncDisposable {
	[Symbol.asyncDispose](): PromiseLike<void>;
}
