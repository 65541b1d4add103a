import { enableChecks } from "./enable-checks.ts";
import { optionsFromEnvironment } from "./environment.ts";
import { reportLeaks } from "./leak-watch.ts";

// `node --import ebbpool/checks/register app.js`: before any module of the program makes a pool.
const options = optionsFromEnvironment();
try {
	enableChecks(options);
} catch (error) {
	// The engine lacks what the checks need: the program runs without them.
	globalThis.console?.warn(error);
}

// What a collection found and no turn of the event loop is left to tell.
const { process } = globalThis as { process?: { on?(event: "exit", listener: () => void): unknown } };
process?.on?.("exit", () => {
	(globalThis as { gc?: () => void }).gc?.();
	reportLeaks();
});
