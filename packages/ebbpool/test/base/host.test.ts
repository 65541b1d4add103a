import { test } from "node:test";
import { assert } from "chai";
import { DIST } from "../resource/simulation/load-pool.ts";

test("the hosts offer the same, whichever package.json chooses", async () => {
	const [ofNode, byDefault] = await Promise.all(
		["node", "default"].map((name) => import(new URL(`base/host/host-${name}.js`, DIST).href)),
	);
	assert.sameMembers(Object.keys(byDefault), Object.keys(ofNode));
	for (const [name, offered] of Object.entries(byDefault)) assert.isFunction(offered, name);
});
