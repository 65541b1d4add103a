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

const skip = process.env["EBBPOOL_LONG"] === "1" ? false : "measures for minutes: only with EBBPOOL_LONG=1";

describe("ebbpool advise", () => {
	it("is measured against an HTTP server alone, in alternated pairs, and the ratio printed", { skip }, () => {
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
		assert.isAbove(low, 0); // how much is for whoever reads it: a busy machine says nothing
	});
});
