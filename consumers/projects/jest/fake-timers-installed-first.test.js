jest.useFakeTimers();
const { testFakeTimers } = require("./fake-timers.js");

describe("with fake timers from before the library was loaded on", () => {
	beforeEach(() => jest.useFakeTimers());
	testFakeTimers(() => {});
});
