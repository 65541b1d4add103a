import { afterEach, mock, test } from "node:test";
import { assert } from "chai";
import { configure, Pool, poolCleanup } from "ebbpool";
import {
	type Faker,
	installFakeTimers,
	nodeTest,
	pause,
	sinon,
	untilReally,
} from "../support/fake-timers.ts";

const IDLE = 600_000;

let clock: ReturnType<typeof installFakeTimers> | undefined;

const fakers: readonly (Faker & { readonly tellsDate?: boolean })[] = [
	sinon,
	{
		...sinon,
		name: "sinon, without performance",
		install() {
			clock = installFakeTimers({ toFake: ["setTimeout", "clearTimeout"] });
		},
		tick: (ms) => void clock?.tick(ms),
		uninstall: () => clock?.uninstall(),
	},
	nodeTest,
	{
		...nodeTest,
		name: "node:test, which tell a date",
		install: () => mock.timers.enable({ apis: ["setTimeout", "Date"], now: new Date("2026-01-01") }),
		tellsDate: true,
	},
];

afterEach(() => {
	configure({ idleCleanup: 120_000 });
	poolCleanup();
	poolCleanup();
});

for (const { name, install, tick, uninstall, tellsDate } of fakers) {
	test(`what fake timers of ${name} let pass ages items that were put before they were installed`, async () => {
		configure({ idleCleanup: IDLE });
		const disposed: object[] = [];
		const pool = new Pool<object>({ dispose: (item) => void disposed.push(item) });
		pool.put({});
		install();
		try {
			// How much of a date has passed nobody knows, so they are noticed first.
			if (tellsDate) pool.stats();
			tick(IDLE + 1);
			assert.equal(pool.stats().local, 0);
			tick(IDLE + 1);
			assert.equal(pool.stats().evicted, 1);
			assert.lengthOf(disposed, 1);
		} finally {
			uninstall();
		}
	});
}

test("items that were put before fake timers were installed age soon, without a call", async () => {
	configure({ idleCleanup: IDLE });
	const disposed: object[] = [];
	const pool = new Pool<object>({ dispose: (item) => void disposed.push(item) });
	pool.put({});
	clock = installFakeTimers();
	try {
		clock.tick(2 * IDLE);
		await untilReally(() => disposed.length > 0);
	} finally {
		clock.uninstall();
	}
	assert.lengthOf(disposed, 1);
});

test("fake timers that pass no time, and go again, age nothing", async () => {
	configure({ idleCleanup: IDLE });
	const pool = new Pool<object>();
	pool.put({});
	clock = installFakeTimers({ now: Date.now() });
	await pause(300);
	clock.uninstall();
	await pause(300);
	assert.equal(pool.stats().local, 1);
});
