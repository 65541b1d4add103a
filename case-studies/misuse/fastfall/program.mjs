/** A thousand waterfalls through one function that is kept, as its README advises; in every third a step fails. */
import { createRequire } from "node:module";
import { join } from "node:path";

const requireFrom = createRequire(join(process.argv[2] ?? "", "index.js"));
const fall = requireFrom("./fall.js")();

let results = 0;
let errors = 0;
for (let at = 0; at < 1_000; at++) {
	await new Promise((resolve) => {
		fall(
			[
				(/** @type {(error: unknown, value: number) => void} */ next) => setImmediate(next, null, at),
				(/** @type {number} */ value, /** @type {(error: unknown, value?: number) => void} */ next) =>
					value % 3 === 0 ? next(new Error("on purpose")) : next(null, value + 1),
			],
			(/** @type {unknown} */ error) => {
				if (error) errors++;
				else results++;
				resolve(undefined);
			},
		);
	});
}
console.log(`fastfall: ${results} results, ${errors} errors`);
fall([], () => {});
