/** Refers to an object as long as something else does; where engines cannot tell, for good. */
export interface Reference {
	deref(): object | undefined;
}

export const referTo = <T extends object>(target: T): { deref(): T | undefined } =>
	typeof WeakRef === "undefined" ? { deref: () => target } : new WeakRef(target);
