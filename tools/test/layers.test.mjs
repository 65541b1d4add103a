import assert from "node:assert/strict";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { after, test } from "node:test";
import { libraryProblems, projectProblems } from "../src/layers.mjs";

const source = join(tmpdir(), "library", "src");
const library = { source, seam: [join(source, "gc", "host-node.ts")], imports: ["#host"] };

/**
 * @param {string} file
 * @param {string} text
 */
const judge = (file, text) => libraryProblems(library, join(source, file), text);

test("imports that point down the layers are fine", () => {
	assert.deepEqual(judge("pool/pool.ts", 'import { runtime } from "../gc/runtime.ts";'), []);
	assert.deepEqual(
		judge("bytes/index.ts", 'export { B } from "./b.ts"; export type { P } from "../pool/types.ts";'),
		[],
	);
	assert.deepEqual(judge("gc/runtime.ts", 'import { host } from "#host";'), []);
});

test("an import that points up is flagged, with its line", () => {
	const [problem] = judge("gc/runtime.ts", '\n\nimport { pool } from "../pool/pool.ts";');
	assert.match(String(problem), /runtime\.ts:3: gc may not import pool/);
});

test("types, re-exports, side effects and dynamic imports count too", () => {
	for (const text of [
		'import type { Pool } from "../pool/types.ts";',
		'import { type Pool } from "../pool/types.ts";',
		'export { Pool } from "../pool/types.ts";',
		'export * from "../pool/types.ts";',
		'import "../pool/types.ts";',
		'const later = () => import("../pool/types.ts");',
	]) {
		assert.equal(judge("shared/index.ts", text).length, 1, text);
	}
});

test("a package is flagged, whatever it is", () => {
	assert.equal(judge("pool/pool.ts", 'import { assert } from "chai";').length, 1);
});

test("a module of Node's is flagged except in the seam", () => {
	const text = 'import { AsyncResource } from "node:async_hooks";';
	assert.equal(judge("gc/runtime.ts", text).length, 1);
	assert.deepEqual(judge("gc/host-node.ts", text), []);
});

test("a part that no layer knows, and a path out of the sources, are flagged", () => {
	assert.match(String(judge("extra/thing.ts", "")[0]), /in no layer/);
	assert.match(String(judge("base/errors.ts", 'import x from "../../package.json";')[0]), /leaves/);
});

const folder = mkdtempSync(join(tmpdir(), "ebbpool-layers-"));
after(() => rmSync(folder, { recursive: true }));

/**
 * @param {string} name
 * @param {object} manifest
 * @returns {string} a test file in a new package
 */
function packageWithTest(name, manifest) {
	for (const project of ["src", "test"]) {
		mkdirSync(join(folder, name, project), { recursive: true });
		writeFileSync(join(folder, name, project, "tsconfig.json"), "{}");
	}
	writeFileSync(join(folder, name, "package.json"), JSON.stringify(manifest));
	return join(folder, name, "test", "pool.test.ts");
}

test("a test of a library that reaches into its sources by path is flagged, one that imports by name is not", () => {
	const file = packageWithTest("library", { exports: { ".": "./dist/index.js" } });
	const text = 'import { Pool } from "../src/index.ts";';
	assert.equal(projectProblems(file, text, []).length, 1);
	assert.deepEqual(projectProblems(file, text, [join(folder, "library", "src")]), []);
	assert.deepEqual(projectProblems(file, 'import { Pool } from "ebbpool"; import "./support.ts";', []), []);
});

test("a test of a program may reach its sources, but no other package's", () => {
	const file = packageWithTest("program", { bin: "./dist/main.js", exports: { "./data": "./dist/data.js" } });
	assert.deepEqual(projectProblems(file, 'import { main } from "../src/main.ts";', []), []);
	assert.equal(projectProblems(file, 'import { Pool } from "../../library/src/index.ts";', []).length, 1);
});
