import { describe, it } from "node:test";
import { assert } from "chai";
import { escapeOf } from "../../dist/advise/escape/escape-of.js";
import { parseSource } from "../../dist/advise/escape/parse.js";

/** The kinds of escape, where HOLE stands for `a` within a template, of what is made at `new Uint8Array` or `Buffer.alloc` in a source text. */
function escapes(written: string, what = "Uint8Array"): readonly string[] {
	const text = written.replace("HOLE", ["$", "{a}"].join(""));
	const at = text.indexOf(what === "Uint8Array" ? "new Uint8Array(" : "alloc(");
	const lines = text.slice(0, at).split("\n");
	const source = parseSource(text);
	assert.isDefined(source, "parses");
	if (source === undefined) return [];
	const flow = escapeOf(source, { line: lines.length, column: (lines.at(-1)?.length ?? 0) + 1, what });
	return [...new Set(flow?.escapes.map(({ kind }) => kind))];
}

const STAY: Readonly<Record<string, string>> = {
	"elements that are read and written":
		"function f(n) { const a = new Uint8Array(n); a[0] = 1; a[1]++; return a[0] + a.length; }",
	"methods that copy":
		"function f() { const a = new Uint8Array(9); a.fill(1); a.set([1]); return a.slice(1); }",
	"a function of the same file that only reads it":
		"function sum(x) { let s = 0; for (const b of x) s += b; return s; } function f() { const a = new Uint8Array(9); return sum(a); }",
	"an alias that stays too":
		"function f() { const a = new Uint8Array(9); const b = a.subarray(1); b[0] = 2; return b[0]; }",
	"an element by a number, wherever it comes from":
		"function f(n) { const a = new Uint8Array(n); let i; for (i = 0; i < 9; i++) a[i & 7] = i; return a[i]; }",
	"an element that is only counted":
		"function f(keys) { const a = new Uint8Array(9); for (const k of keys) a[k]++; return a[0]; }",
	"an element of another typed array":
		"const t = new Int8Array(9); function f(n) { const a = new Uint8Array(9); const b = a[t[n >> 1]]; t[1] = b; return b; }",
	"a nested function that calls another":
		"function f() { const a = new Uint8Array(9); const get = (i) => a[i & 1]; const twice = (i) => get(i) + get(i); return twice(1); }",
	"a question to a class of the engine":
		"function f() { const a = new Uint8Array(9); return a instanceof ArrayBuffer; }",
	"a function that returns it, where the result stays":
		"function same(x) { return x; } function f() { const a = new Uint8Array(9); const b = same(a); return b.length; }",
	"a nested function that is only called":
		"function f() { const a = new Uint8Array(9); function put(i) { a[i] = i; } put(1); return a[1]; }",
	"a comparison and a template":
		"function f() { const a = new Uint8Array(9); return a === null ? `HOLE` : typeof a; }",
	"a view of its memory":
		"function f() { const v = new DataView(new Uint8Array(9).buffer); v.setInt8(0, 1); return v.getInt8(0); }",
	"callbacks that see elements only":
		"function f() { const a = new Uint8Array(9); let s = 0; a.forEach((x) => { s += x; }); return s; }",
};

const LEAVE: Readonly<Record<string, readonly [kind: string, text: string]>> = {
	returned: ["returned", "function f() { const a = new Uint8Array(9); return a; }"],
	"returned through an alias": [
		"returned",
		"function f() { const a = new Uint8Array(9); return a.subarray(1); }",
	],
	"returned as its memory": ["returned", "function f() { return new Uint8Array(9).buffer; }"],
	"returned by an arrow": ["returned", "const f = () => new Uint8Array(9);"],
	"returned by a function that it was passed to": [
		"returned",
		"function same(x) { return x; } function f() { const a = new Uint8Array(9); return same(a); }",
	],
	"returned by the second of two calls": [
		"returned",
		"function same(x) { return x; } function f() { const a = new Uint8Array(9); const n = same(a).length; return n ? same(a) : 0; }",
	],
	"kept in a field": ["stored", "class C { m() { this.a = new Uint8Array(9); } }"],
	"kept in a property of another": ["stored", "function f(o) { const a = new Uint8Array(9); o.a = a; }"],
	"put into an array": ["stored", "function f() { const a = new Uint8Array(9); return [a]; }"],
	"put into an object": ["stored", "function f() { const a = new Uint8Array(9); return { a }; }"],
	"kept by the module": ["stored", "const a = new Uint8Array(9);"],
	"kept in an outer variable": [
		"captured",
		"function g() { let last; return function f() { last = new Uint8Array(9); }; }",
	],
	"captured by a closure": ["captured", "function f() { const a = new Uint8Array(9); return () => a[0]; }"],
	"captured by a timer": [
		"captured",
		"function f() { const a = new Uint8Array(9); setTimeout(() => a[0]); }",
	],
	"passed to what is not known": ["passed", "function f(g) { const a = new Uint8Array(9); g(a); }"],
	"passed to a method": ["passed", "function f(list) { const a = new Uint8Array(9); list.push(a); }"],
	"passed to an async function of the file": [
		"passed",
		"async function g(x) { await 1; return x[0]; } function f() { const a = new Uint8Array(9); g(a); }",
	],
	"passed to a function that keeps it": [
		"stored",
		"let kept; function g(x) { kept = x; } function f() { const a = new Uint8Array(9); g(a); }",
	],
	"seen through arguments": [
		"passed",
		"function g(x) { return arguments[0]; } function f() { const a = new Uint8Array(9); return g(a).length; }",
	],
	"gathered by a rest parameter": [
		"passed",
		"function g(...x) { return x; } function f() { return g(new Uint8Array(9)).length; }",
	],
	"an iterator of it": ["returned", "function f() { const a = new Uint8Array(9); return a.values(); }"],
	"a callback that gets all of it": [
		"passed",
		"let k; function f() { const a = new Uint8Array(9); a.forEach((x, i, all) => { k = all; }); }",
	],
	"a computed method": ["unknown", "function f(m) { const a = new Uint8Array(9); return a[m](); }"],
	"a tag of a template": ["passed", "function f(tag) { const a = new Uint8Array(9); return tag`HOLE`; }"],
	"changed in place and returned": [
		"returned",
		"function f() { const a = new Uint8Array(9); return a.fill(1); }",
	],
	"read by a key that is not known": [
		"returned",
		"function f(k) { const a = new Uint8Array(9); const b = a[k]; return b; }",
	],
	"counted and read by keys that are not known": [
		"unknown",
		"function f(k) { const a = new Uint8Array(9); a[k] = a[k] + 1; return a[0]; }",
	],
	"spread into an object that is read by name": [
		"unknown",
		"function f(k) { const a = new Uint8Array(9); a[k] = 1; return { ...a }; }",
	],
	"used by a function that a closure calls": [
		"captured",
		"function f() { const a = new Uint8Array(9); const get = () => a[0]; return () => get(); }",
	],
	"read by the fields of a class": [
		"captured",
		"function f() { const a = new Uint8Array(9); return class { x = a[0]; }; }",
	],
	"asked for by instanceof": [
		"passed",
		"function f(C) { const a = new Uint8Array(9); return a instanceof C; }",
	],
	yielded: ["yielded", "function* f() { yield new Uint8Array(9); }"],
	thrown: ["thrown", "function f() { throw new Uint8Array(9); }"],
	posted: ["posted", "function f(port) { const a = new Uint8Array(9); port.postMessage(a); }"],
	"seen by eval": ["unknown", "function f(code) { const a = new Uint8Array(9); return eval(code); }"],
};

describe("where a value goes", () => {
	for (const [name, text] of Object.entries(STAY)) {
		it(`does not leave its function by ${name}`, () => assert.deepEqual(escapes(text), []));
	}
	for (const [name, [kind, text]] of Object.entries(LEAVE)) {
		it(`leaves its function when ${name}`, () => assert.include(escapes(text), kind));
	}

	it("knows that slice of a Buffer does not copy", () => {
		const text = "function f() { const a = Buffer.alloc(9); return a.slice(1); }";
		assert.deepEqual(escapes(text, "Buffer.alloc"), ["returned"]);
	});
});
