import { takeOver } from "./hook-constructors.ts";
import type { ViewCounter } from "./view-counter.ts";

type Cut = (this: ArrayBufferView, ...args: unknown[]) => ArrayBufferView;

/** Counts the views that methods cut. `slice` of a Buffer calls `subarray`. */
export function hookViews(views: ViewCounter): void {
	for (const owner of [Object.getPrototypeOf(Uint8Array.prototype), Buffer.prototype]) hook(owner, views);
}

function hook(owner: object, views: ViewCounter): void {
	const descriptor = Object.getOwnPropertyDescriptor(owner, "subarray");
	const original = descriptor?.value as Cut | undefined;
	if (typeof original !== "function" || descriptor?.configurable !== true) return;
	const { counting } = {
		counting(this: ArrayBufferView, ...args: unknown[]): ArrayBufferView {
			const view = Reflect.apply(original, this, args);
			views.cut(view);
			return view;
		},
	};
	takeOver(counting, original);
	Object.defineProperty(owner, "subarray", { ...descriptor, value: counting });
}
