const { testFakeTimers } = require("./fake-timers.js");

describe("with fake timers installed before the pools are made", () => {
	beforeEach(() => jest.useFakeTimers());
	testFakeTimers(() => {});
});

describe("with fake timers installed after the pools were made", () => {
	testFakeTimers(() => jest.useFakeTimers());
});
