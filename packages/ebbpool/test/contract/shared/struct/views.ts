import { assert } from "chai";
import { struct } from "ebbpool/shared";
import { thrownBy } from "../../support/expect.ts";
import type { Suite } from "../../support/kit.ts";

const shapes = {
	id: "u32",
	pixels: struct.array("u8", 4),
	weights: struct.array("f64", 2),
	counts: struct.array("u64", 2),
	position: struct({ x: "f32", y: "f32", inner: struct({ deep: "bool" }) }),
	points: struct.array(struct({ x: "u8", y: "u32" }), 3),
	grid: struct.array(struct.array("i16", 2), 2),
} as const;

export const views: Suite = {
	name: "struct: arrays and nested structs",
	cases: [
		{
			name: "JSON.stringify writes every member, as the console does; a member may be called toJSON",
			run() {
				const layout = struct({ id: "u32", done: "bool", inner: struct({ x: "f64" }) });
				const all = layout.createFields(new ArrayBuffer(layout.byteLength), 0);
				all.id = 7;
				all.inner.x = 0.5;
				assert.strictEqual(JSON.stringify({ all }), '{"all":{"id":7,"done":false,"inner":{"x":0.5}}}');
				const named = struct({ toJSON: "u8" }).createFields(new ArrayBuffer(1), 0);
				named.toJSON = 3;
				assert.deepEqual([named.toJSON, JSON.stringify(named)], [3, "{}"]);
			},
		},
		{
			name: "each is one object that stays the same and writes through to the struct's memory",
			run() {
				const layout = struct(shapes);
				const memory = new SharedArrayBuffer(2 * layout.byteLength);
				const [fields, again] = [0, 0].map(() => layout.createFields(memory, layout.byteLength)) as [
					ReturnType<typeof layout.createFields>,
					ReturnType<typeof layout.createFields>,
				];
				fields.pixels[3] = 200;
				fields.weights[1] = 0.25;
				fields.counts[0] = 1n << 63n;
				fields.position.y = -1.5;
				fields.position.inner.deep = true;
				for (const [i, point] of fields.points.entries()) point.y = i * 1000;
				for (const [i, row] of fields.grid.entries()) row[1] = -i;
				assert.deepEqual([...again.pixels], [0, 0, 0, 200]);
				assert.deepEqual([...again.weights], [0, 0.25]);
				assert.deepEqual([...again.counts], [1n << 63n, 0n]);
				assert.deepEqual([again.position.x, again.position.y, again.position.inner.deep], [0, -1.5, true]);
				assert.deepEqual(
					again.points.map(({ x, y }) => [x, y]),
					[
						[0, 0],
						[0, 1000],
						[0, 2000],
					],
				);
				assert.deepEqual(
					again.grid.map((row) => [...row]),
					[
						[0, 0],
						[0, -1],
					],
				);
				for (const name of ["pixels", "position", "points", "grid"] as const) {
					assert.strictEqual(fields[name], fields[name]);
				}
				assert.strictEqual(fields.position.inner, fields.position.inner);
				assert.deepEqual([...new Uint8Array(memory, 0, layout.byteLength)], Array(layout.byteLength).fill(0));
			},
		},
		{
			name: "none can be replaced, lengthened or cut short",
			run() {
				const layout = struct(shapes);
				const fields = layout.createFields(new SharedArrayBuffer(layout.byteLength), 0);
				for (const name of ["pixels", "position", "points", "grid"] as const) {
					const before = fields[name];
					assert.instanceOf(
						thrownBy(() => Object.assign(fields, { [name]: [] })),
						TypeError,
					);
					assert.strictEqual(fields[name], before);
				}
				const points = fields.points as unknown as unknown[];
				assert.instanceOf(
					thrownBy(() => points.push({})),
					TypeError,
				);
				assert.instanceOf(
					thrownBy(() => {
						points[0] = {};
					}),
					TypeError,
				);
				assert.deepEqual([fields.pixels.length, fields.weights.length, points.length], [4, 2, 3]);
			},
		},
		{
			name: "a member may have the name of anything that only a DataView has",
			run() {
				const layout = struct({
					buffer: struct.utf8(4),
					byteOffset: struct.utf8(4),
					byteLength: "u8",
					getUint8: "u8",
					getFloat64: "f64",
					setFloat64: struct.array("u8", 2),
				});
				const fields = layout.createFields(new SharedArrayBuffer(3 * layout.byteLength), layout.byteLength);
				Object.assign(fields, { buffer: "a", byteOffset: "b", byteLength: 1, getUint8: 2, getFloat64: 3 });
				fields.setFloat64[1] = 4;
				const { buffer, byteOffset, byteLength, getUint8, getFloat64, setFloat64 } = fields;
				assert.deepEqual(
					[buffer, byteOffset, byteLength, getUint8, getFloat64, ...setFloat64],
					["a", "b", 1, 2, 3, 0, 4],
				);
			},
		},
	],
};
