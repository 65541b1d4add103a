// What browsers load, as `/?kills=N&seed=N`. The page must be cross-origin isolated.
import { killScenario } from "./scenario.ts";
import { startWorker } from "./threads-web.ts";

globalThis.runJob = () => {
	const asked = new URL(location.href).searchParams;
	return killScenario(
		startWorker(new URL("victim-web.js", location.href)),
		Number(asked.get("kills")),
		Number(asked.get("seed")),
	);
};
