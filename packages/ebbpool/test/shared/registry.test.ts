import { test } from "node:test";
import { assert } from "chai";
import type * as Steps from "../../dist/shared/core/atomics.js";
import type * as Layout from "../../dist/shared/core/layout.js";
import type * as Reaper from "../../dist/shared/core/reaper.js";
import type * as Registry from "../../dist/shared/core/registry.js";
import type * as Handle from "../../dist/shared/handle.js";
import { part } from "./support/part.ts";

const { store } = await part<typeof Steps>("core/atomics");
const { recipientAt } = await part<typeof Layout>("core/layout");
const { enter } = await part<typeof Registry>("core/registry");
const { reap } = await part<typeof Reaper>("core/reaper");
const { createMemory } = await part<typeof Handle>("handle");

test("whoever enters after a thread that died while it gave something away is not about to give anything", () => {
	const memory = createMemory({ slotSize: 8, maxSlots: 1, zero: false, magazine: 0, signature: 0 }, 1);
	const enterAs = (id: number) => enter(memory, id as Registry.RuntimeId, 0) as Layout.ThreadId;
	const dies = (id: number) => reap(memory, id as Registry.RuntimeId, reaper);
	const reaper = enterAs(1);
	const [giver, recipient] = [enterAs(2), enterAs(3)];
	store(memory.words, recipientAt(giver), recipient);
	dies(2);
	assert.strictEqual(enterAs(4), giver);
	dies(3);
	assert.strictEqual(enterAs(5), recipient);
});
