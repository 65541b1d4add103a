import assert from "node:assert/strict";
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { basename, join } from "node:path";
import { test } from "node:test";
import { circlesOf } from "../src/circles.mjs";

/** @param {Record<string, string>} texts by name */
function circles(texts) {
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-circles-"));
	try {
		for (const [name, text] of Object.entries(texts)) writeFileSync(join(folder, name), text);
		const files = Object.keys(texts).map((name) => join(folder, name));
		const found = circlesOf(new Map(files.map((file) => [file, readFileSync(file, "utf8")])));
		return found.map((circle) => circle.map((file) => basename(file)).sort());
	} finally {
		rmSync(folder, { recursive: true });
	}
}

test("modules in a line are no circle", () => {
	assert.deepEqual(circles({ "a.ts": 'import "./b.ts";', "b.ts": 'import "./c.ts";', "c.ts": "" }), []);
});

test("a circle by way of a third module is found, types included", () => {
	const texts = {
		"a.ts": 'import "./b.ts";',
		"b.ts": 'export * from "./c.ts";',
		"c.ts": 'import type { A } from "./a.ts";\nexport type C = A;',
		"d.ts": 'import "./a.ts";',
	};
	assert.deepEqual(circles(texts), [["a.ts", "b.ts", "c.ts"]]);
});
