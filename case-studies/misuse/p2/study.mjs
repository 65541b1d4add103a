export const name = "p2";
export const version = "0.7.1";
export const alongside = ["nodeunit@0.11.3"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "src/utils/Pool.js",
		does: "every pool of the engine keeps its objects in a Pool",
		start: 'var EbbPool = require("ebbpool").Pool; ',
		replace: [
			{
				does: "the Pool, made with the first object, as the constructor also runs for prototypes",
				find: "Pool.prototype.resize = function (size) {",
				by: "Pool.prototype.pool = function () { var self = this; return self.pooled || (self.pooled = new EbbPool({ name: self.constructor.name, new: function () { return self.create(); }, reset: function (object) { self.destroy(object); } })); };\nPool.prototype.resize = function (size) {",
			},
			{
				does: "a get",
				find: "return objects.length ? objects.pop() : this.create();",
				by: "return objects.length ? objects.pop() : this.pool().get();",
			},
			{
				does: "a put, by whose reset the object is cleaned",
				find: /this\.destroy\(object\);\s*this\.objects\.push\(object\);/u,
				by: "this.pool().put(object);",
			},
		],
	},
];

export const tests = [
	["collision", "constraints", "equations", "material", "objects", "shapes", "solver", "utils", "world"],
].map((folders) => [
	"node",
	"../node_modules/nodeunit/bin/nodeunit",
	...folders.map((folder) => `test/${folder}`),
]);

export const program = "program.mjs";
