import { execFileSync } from "node:child_process";
import { describe, it } from "node:test";
import { fileURLToPath } from "node:url";
import { assert } from "chai";
import { median, medianInterval } from "../../dist/report/statistics.js";

const PAIRS = 7;
const WINDOW_MS = 10_000;
const MAIN = fileURLToPath(new URL("../../dist/main.js", import.meta.url));
const PROGRAM = fileURLToPath(new URL("../fixtures/advise/http-throughput.js", import.meta.url));

function throughput(advised: boolean): number {
	const program = [process.execPath, PROGRAM, String(WINDOW_MS)];
	const [file = "", ...args] = advised ? [process.execPath, MAIN, "advise", "--", ...program] : program;
	return Number(execFileSync(file, args, { encoding: "utf8", stdio: ["ignore", "pipe", "ignore"] }));
}

describe("ebbpool advise", () => {
	it("slows an HTTP server down by less than 15 %, in the median of alternated pairs", () => {
		const ratios: number[] = [];
		for (let pair = 0; pair < PAIRS; pair++) {
			const first = throughput(pair % 2 === 0);
			const second = throughput(pair % 2 === 1);
			ratios.push(pair % 2 === 0 ? first / second : second / first);
		}
		const { low, high } = medianInterval(ratios);
		process.stdout.write(
			`# advised / plain: ${median(ratios).toFixed(3)} (${low.toFixed(3)} to ${high.toFixed(3)})\n`,
		);
		assert.isAbove(median(ratios), 0.85);
	});
});
