/** A hook that keeps state for one pool, of any copy of the package. */
interface Claimable {
	[claim]?: () => void;
}

const claim: unique symbol = Symbol.for("ebbpool.claim.1");

/** Makes hooks that belong to one pool: the second that claims one of them gets what `refuse` throws. */
export function forOnePool<Hooks extends object>(hooks: Hooks, refuse: () => never): Hooks {
	for (const hook of Object.values(hooks) as Claimable[]) {
		let claimed = false;
		Object.defineProperty(hook, claim, {
			value() {
				if (claimed) refuse();
				claimed = true;
			},
		});
	}
	return hooks;
}

/** Gives a hook that calls another one that one's claim. */
export function claimLike<Hook extends object>(hook: Hook, called: unknown): Hook {
	const value = (called as Claimable | undefined)?.[claim];
	return value === undefined ? hook : Object.defineProperty(hook, claim, { value });
}

/** Claims a pool's hooks for it. Called last in a constructor, as a pool that was not made owns nothing. */
export function claimHooks(...hooks: readonly unknown[]): void {
	for (const hook of hooks) (hook as Claimable | undefined)?.[claim]?.();
}
