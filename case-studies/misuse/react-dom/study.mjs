export const name = "react-dom";
export const version = "15.7.0";
export const alongside = ["react@15.7.0", "jsdom@24"];

const PARAMETERS = ["copyFieldsFrom", "a1, a2", "a1, a2, a3", "a1, a2, a3, a4"];

/** @type {import("../../src/misuse.d.ts").Misuse["edits"]} */
export const edits = () => [
	{
		file: "lib/PooledClass.js",
		does: "every pooled class has a Pool; its constructor runs on each instance that it gets, as it does on pooled ones",
		start: 'var EbbPool = require("ebbpool").Pool; ',
		replace: [
			...PARAMETERS.map((parameters) => ({
				does: `a get, by (${parameters})`,
				find: `  if (Klass.instancePool.length) {
    var instance = Klass.instancePool.pop();
    Klass.call(instance, ${parameters});
    return instance;
  } else {
    return new Klass(${parameters});
  }`,
				by: `  var instance = Klass.instancePool.get();
  Klass.call(instance, ${parameters});
  return instance;`,
			})),
			{
				does: "a put",
				find: /if \(Klass\.instancePool\.length < Klass\.poolSize\) \{\s*Klass\.instancePool\.push\(instance\);\s*\}/u,
				by: "Klass.instancePool.put(instance);",
			},
			{
				does: "the Pool",
				find: "NewKlass.instancePool = [];",
				by: "NewKlass.instancePool = new EbbPool({ name: CopyConstructor.name, new: function () { return Object.create(CopyConstructor.prototype); } });",
			},
		],
	},
];

export const program = "program.mjs";
