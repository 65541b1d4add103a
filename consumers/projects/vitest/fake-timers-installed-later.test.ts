import { beforeEach, describe, vi } from "vitest";
import { testFakeTimers } from "./fake-timers.ts";

describe("with fake timers installed before the pools are made", async () => {
	beforeEach(() => void vi.useFakeTimers());
	await testFakeTimers(() => {});
});

describe("with fake timers installed after the pools were made", async () => {
	await testFakeTimers(() => void vi.useFakeTimers());
});
