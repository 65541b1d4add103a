import { describe, it } from "node:test";
import { assert } from "chai";
import { advise, runNode } from "../support/advise.ts";

describe("a program under the advisor", () => {
	it("sees the constructors, functions and errors that it sees without", async () => {
		const plain = await runNode("behaviour.js");
		const { stdout } = await advise("behaviour.js");
		assert.deepEqual(JSON.parse(stdout), JSON.parse(plain));
	});

	it("gets its arguments and its standard input, and its output is nothing but its own", async () => {
		const { stdout, status } = await advise("pass-through.js", {
			args: ["0", "--json", "a b", "--"],
			input: "typed",
		});
		assert.equal(stdout, `${JSON.stringify({ rest: ["--json", "a b", "--"], input: "typed" })}\n`);
		assert.equal(status, 0);
	});

	it("gives the advisor its exit status", async () => {
		const { status, report } = await advise("pass-through.js", { args: ["7"] });
		assert.equal(status, 7);
		assert.equal(report.program.status, 7);
	});

	it("goes on where its heap cannot be sampled", async () => {
		const { stdout, status } = await advise("unsampled.js");
		assert.equal(stdout, "done\n");
		assert.equal(status, 0);
	});

	it("runs with frozen intrinsics", async () => {
		const { stdout, status } = await advise("pass-through.js", {
			node: ["--frozen-intrinsics"],
			args: ["7"],
		});
		assert.equal(stdout, `${JSON.stringify({ rest: [], input: "" })}\n`);
		assert.equal(status, 7);
	});

	it("may be ended by a signal, and its last report is there all the same", async () => {
		const { status, report } = await advise("pass-through.js", { args: ["SIGTERM"] });
		assert.equal(status, 128 + 15);
		assert.equal(report.program.signal, "SIGTERM");
		assert.deepEqual(report.program.lost, []);
		assert.include(report.sites[0]?.position?.file, "pass-through.ts");
	});

	for (const how of ["counted", "late", "all"]) {
		it(`does not find the advisor among those who hear a signal: ${how}`, async () => {
			const { status, stdout, report } = await advise("signals.js", { args: [how] });
			assert.equal(stdout, how === "counted" ? "0\n0 others of 1\n" : "0\n");
			assert.equal(status, 128 + 15);
			assert.deepEqual(report.program.lost, []);
			assert.include(report.sites[0]?.position?.file, "signals.ts");
		});
	}
});
