import { beforeEach, describe, vi } from "vitest";
import { testFakeTimers } from "./fake-timers.ts";

vi.useFakeTimers();

describe("with fake timers from before the library was loaded on", async () => {
	beforeEach(() => void vi.useFakeTimers());
	await testFakeTimers(() => {});
});
