export const name = "ecsy";
export const version = "0.4.3";

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "lib/ObjectPool.js",
		does: "every pool of components or entities keeps them in a Pool",
		start: 'var EbbPool = require("ebbpool").Pool; ',
		replace: [
			{
				does: "a get; the first makes the Pool, which makes one item a time",
				find: /if \(this\.freeList\.length <= 0\) \{\s*this\.expand\(Math\.round\(this\.count \* 0\.2\) \+ 1\);\s*\}\s*(?:var|const) item = this\.freeList\.pop\(\);/u,
				by: "var self = this; this.pool = this.pool || new EbbPool({ name: this.T.getName ? this.T.getName() : this.T.name, new: function () { if (self.freeList.length === 0) self.expand(1); return self.freeList.pop(); }, reset: function (item) { item.reset(); } }); var item = this.pool.get();",
			},
			{
				does: "a put, by whose reset the item is cleaned",
				find: /item\.reset\(\);\s*this\.freeList\.push\(item\);/u,
				by: "this.pool.put(item);",
			},
		],
	},
];

export const program = "program.mjs";
