import { assert } from "chai";
import { type StructDefinition, struct } from "ebbpool/shared";
import { expectCode } from "../../support/expect.ts";
import type { Case } from "../../support/kit.ts";

/** JavaScript callers can write what the types forbid. */
export const define = (definition: unknown) => struct(definition as StructDefinition);

/** The only member of a struct of its own, in fresh shared memory. */
export function single(type: unknown): { value: unknown } {
	const layout = define({ value: type });
	return layout.createFields(new SharedArrayBuffer(layout.byteLength), 0) as { value: unknown };
}

/** One value of every type but `kept`, and some that would convert to it. */
function strangers(kept: string): unknown[] {
	const toNumber = { valueOf: () => assert.fail("a value's own code must not run") };
	const all = [1, 1n, "1", true, undefined, null, {}, [], [1], Symbol("s"), () => 1, toNumber];
	return all.filter((value) => typeof value !== kept);
}

export function refuses(type: unknown, kept: string): Case {
	return {
		name: `${JSON.stringify(type) ?? kept}: a value of another type is ERR_POOL_ARGUMENT, names the member, changes nothing`,
		run() {
			const fields = single(type);
			const before = fields.value;
			for (const stranger of strangers(kept)) {
				const { message } = expectCode("ERR_POOL_ARGUMENT", () => {
					fields.value = stranger;
				});
				assert.match(message, /^struct: member value: expected a (number|bigint|boolean|string), got /);
				assert.strictEqual(fields.value, before);
			}
		},
	};
}
