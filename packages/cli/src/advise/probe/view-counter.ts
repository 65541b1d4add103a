import type { CountedSite } from "./counted-site.ts";
import { random } from "./random.ts";

/** Programs cut views in their innermost loops: one in so many, on average, is looked at. */
const EVERY = 8;

/** Counts the views that the program cuts from memory that was sampled: from many, that memory is a slab. */
export class ViewCounter {
	readonly #sites = new WeakMap<object, CountedSite>();
	#stride = 1;
	#left = 1;

	/** Counts the views of this memory for the site that allocated it. */
	watch(memory: object, site: CountedSite): void {
		if (!(memory instanceof ArrayBuffer)) return;
		this.#sites.set(memory, site);
		site.watched++;
	}

	cut(view: ArrayBufferView): void {
		if (--this.#left > 0) return;
		const site = this.#sites.get(view.buffer);
		// It stands for those before it that nobody looked at.
		if (site !== undefined) site.views += this.#stride;
		this.#stride = this.#left = 1 + Math.floor(2 * EVERY * random());
	}
}
