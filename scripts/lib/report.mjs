import { formatTally } from "./tally.mjs";

/** What a check prints: a line for each thing tried, and the tally as its closing line. */
export class Report {
	#tally = { passed: 0, failed: 0, skipped: 0 };

	/** @param {string} what */
	pass(what) {
		this.#tally.passed++;
		console.log(`ok      ${what}`);
	}

	/**
	 * @param {string} what
	 * @param {string} why
	 */
	fail(what, why) {
		this.#tally.failed++;
		console.log(`FAILED  ${what}\n${why.trimEnd().replace(/^/gm, "        ")}`);
	}

	/**
	 * @param {string} what
	 * @param {string} why
	 */
	skip(what, why) {
		this.#tally.skipped++;
		console.log(`skipped ${what}: ${why}`);
	}

	/**
	 * @param {string} what
	 * @param {string | undefined} problem what is wrong, if anything
	 */
	check(what, problem) {
		if (problem) this.fail(what, problem);
		else this.pass(what);
	}

	/** Prints the closing line; the exit status is non-zero if anything failed or nothing was tried. */
	close() {
		const { passed, failed } = this.#tally;
		console.log(formatTally(this.#tally));
		process.exitCode = failed > 0 || passed === 0 ? 1 : 0;
	}
}
