import { describe, it } from "node:test";
import { assert } from "chai";
import { escapeOf } from "../../dist/advise/escape/escape-of.js";
import { parseSource } from "../../dist/advise/escape/parse.js";
import { editSource, PUBLISHED } from "../../dist/advise/prove/edit-source.js";
import { planEdit } from "../../dist/advise/prove/plan-edit.js";
import type { AllocationSite } from "../../dist/advise/sites.js";

/** The source with the first `new Uint8Array` pooled. */
function edited(text: string): string {
	const before = text.slice(0, text.indexOf("new Uint8Array")).split("\n");
	const site = {
		line: before.length,
		column: (before.at(-1)?.length ?? 0) + 1,
		what: "Uint8Array",
	} as AllocationSite;
	const source = parseSource(text);
	assert.isDefined(source);
	const planned = source && planEdit(site, escapeOf(source, site));
	assert.property(planned, "plan", JSON.stringify(planned));
	return source && planned && "plan" in planned ? editSource(source, [planned.plan], "a.mjs", PUBLISHED) : "";
}

describe("the text of a pooled source", () => {
	it("is a program where statements end without semicolons", () => {
		const text = edited("function f(v) {\n\tconst a = new Uint8Array(4)\n\ta[0] = v\n\treturn a[0]\n}\n");
		assert.isDefined(parseSource(text), text);
		assert.match(text, /const a = ebbPool1\.get\(\); try \{$/mu);
	});

	it("is a program where there are comments within the length, and every line stays in its place", () => {
		const fixed =
			"function f(v) {\n\tconst a = new Uint8Array( // four\n\t\t4, /* of\n\tthem */\n\t);\n\treturn a[v & 1];\n}\n";
		const text = edited(fixed);
		assert.isDefined(parseSource(text), text);
		assert.equal(text.split("\n")[5], "\treturn a[v & 1];");
	});
});
