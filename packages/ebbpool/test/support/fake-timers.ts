import { createRequire } from "node:module";
import { mock } from "node:test";
import FakeTimers from "@sinonjs/fake-timers";
import { assert } from "chai";

/** The real ones, whatever is faked. */
const { setImmediate, setTimeout } = createRequire(import.meta.url)(
	"node:timers",
) as typeof import("node:timers");
const { hrtime } = process;

/** Lets real time pass. */
export const pause = (ms: number): Promise<void> => new Promise((resolve) => setTimeout(resolve, ms));

/** Lets the event loop turn. */
export const turn = (): Promise<void> => new Promise((resolve) => setImmediate(resolve));

const DEADLINE = 20;

/** Waits in real time until something holds, whatever is faked; fails after 20 s. */
export async function untilReally(holds: () => boolean): Promise<void> {
	for (const [begun] = hrtime(); !holds() && hrtime()[0] - begun < DEADLINE; ) await pause(1);
	assert.isTrue(holds(), String(holds));
}

/**
 * Puts sinon's timers in force, but for what promises and the test runner need: without that, a process whose test waits would
 * end, and count as well done.
 */
export const installFakeTimers = (
	options: Parameters<typeof FakeTimers.install>[0] = {},
): ReturnType<typeof FakeTimers.install> =>
	FakeTimers.install(options.toFake ? options : { toNotFake: ["nextTick", "queueMicrotask"], ...options });

/** A library of fake timers: how they are put in force, go on, and are taken away. */
export interface Faker {
	readonly name: string;
	install(): void;
	tick(ms: number): void;
	uninstall(): void;
}

let clock: ReturnType<typeof FakeTimers.install> | undefined;

export const sinon: Faker = {
	name: "sinon",
	install() {
		clock = installFakeTimers();
	},
	tick: (ms) => void clock?.tick(ms),
	uninstall: () => clock?.uninstall(),
};

export const nodeTest: Faker = {
	name: "node:test, which fakes no performance.now",
	install: () => mock.timers.enable({ apis: ["setTimeout"] }),
	tick: (ms) => mock.timers.tick(ms),
	uninstall: () => mock.timers.reset(),
};
