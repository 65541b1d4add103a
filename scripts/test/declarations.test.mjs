import { mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";
import { after, before, test } from "node:test";
import { assert } from "chai";
import { publishDeclarations } from "../lib/declarations.mjs";
import { entriesOf, writeStubs } from "../lib/stubs.mjs";

const BUFFER =
	"export type Bytes = Uint8Array<ArrayBuffer>;\nexport declare const view: DataView<ArrayBuffer>;\n";
const FILES = {
	"types/disposable.d.ts": "interface Disposable {}\n",
	"dist/index.d.ts": 'export { type Bytes } from "./inner/buffer.ts";\nexport type A = import("./a.ts").A;\n',
	"dist/inner/buffer.d.ts": BUFFER,
	"dist/a.d.ts": "export type A = 1;\n",
	"dist/hidden.d.ts": "export type Hidden = 1;\n",
	"dist/cjs/index.js": "",
};

/** @type {string} */
let folder;
const read = (/** @type {string} */ file) => readFileSync(join(folder, file), "utf8");

before(() => {
	folder = mkdtempSync(join(tmpdir(), "ebbpool-declarations-"));
	for (const [file, text] of Object.entries(FILES)) {
		mkdirSync(dirname(join(folder, file)), { recursive: true });
		writeFileSync(join(folder, file), text);
	}
	publishDeclarations(folder, ["index"]);
});

after(() => rmSync(folder, { recursive: true }));

test("declarations name files as they are at run time", () => {
	assert.include(read("dist/index.d.ts"), 'from "./inner/buffer.js"');
	assert.include(read("dist/index.d.ts"), 'import("./a.js").A');
});

test("an entry point declares what using needs, in each copy", () => {
	assert.match(read("dist/index.d.ts"), /^\/\/\/ <reference path="\.\.\/types\/disposable\.d\.ts" \/>$/m);
	assert.match(
		read("dist/cjs/ts5.6/index.d.ts"),
		/^\/\/\/ <reference path="\.\.\/\.\.\/\.\.\/types\/disposable\.d\.ts" \/>$/m,
	);
});

test("CommonJS gets the declarations as they are, older compilers without the parameters that they do not know", () => {
	assert.strictEqual(read("dist/cjs/inner/buffer.d.ts"), BUFFER);
	for (const older of ["dist/ts5.6/inner/buffer.d.ts", "dist/cjs/ts5.6/inner/buffer.d.ts"]) {
		assert.strictEqual(
			read(older),
			"export type Bytes = Uint8Array;\nexport declare const view: DataView;\n",
		);
	}
});

test("what no entry point refers to is not copied", () => {
	assert.throws(() => read("dist/cjs/hidden.d.ts"), /ENOENT/);
});

test("tools that know no exports find a folder for each entry point built as CommonJS, but for the main one", () => {
	const entries = entriesOf({
		".": { require: { default: "./dist/cjs/index.js" } },
		"./a/b": { require: { default: "./dist/cjs/inner/buffer.js" } },
		"./esm": { default: "./dist/esm.js" },
		"./own": { require: { default: "./dist/own.js" } },
		"./package.json": "./package.json",
	});
	assert.deepStrictEqual(entries, [
		{ subpath: "", file: "index" },
		{ subpath: "a/b", file: "inner/buffer" },
	]);
	writeStubs(folder, entries);
	const { main, types } = JSON.parse(read("a/b/package.json"));
	assert.strictEqual(main, "../../dist/cjs/inner/buffer.js");
	assert.include(read(`a/b/${types}`), '"../../dist/cjs/inner/buffer.js"');
	assert.include(read("a/b/ts5.6.d.ts"), '"../../dist/cjs/ts5.6/inner/buffer.js"');
});
