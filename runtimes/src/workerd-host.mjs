// `node workerd-host.mjs PROGRAM JOB REALM REPORT_FILE`: serves the bundled harness by workerd, Cloudflare's runtime, and asks
// it for the job. `WORKERD_FLAGS` are its compatibility flags. It logs V8's collections for the clock.
import { spawn } from "node:child_process";
import { once } from "node:events";
import { writeFileSync } from "node:fs";
import { basename, dirname, join } from "node:path";
import { fileURLToPath } from "node:url";

/** After which everything holds that is new in workerd: a day before the version in package.json. */
const COMPATIBILITY_DATE = "2026-11-01";

const [program, job, , reportFile] = /** @type {[string, string, string, string]} */ (process.argv.slice(2));
const flags = (process.env.WORKERD_FLAGS ?? "").split(" ").filter(Boolean);
const configFile = join(dirname(program), "workerd.capnp");
writeFileSync(configFile, config());

const workerd = spawn(
	fileURLToPath(new URL("../node_modules/.bin/workerd", import.meta.url)),
	["serve", configFile, "--control-fd=3"],
	{ stdio: ["ignore", "inherit", "inherit", "pipe"] },
);
try {
	const events = /** @type {import("node:stream").Readable} */ (workerd.stdio[3]);
	const [line] = await Promise.race([
		once(events.setEncoding("utf8"), "data"),
		once(workerd, "exit").then(([code]) => {
			throw new Error(`workerd ended with status ${code}`);
		}),
	]);
	const { port } = JSON.parse(String(line).split("\n")[0] ?? "");
	const answer = await fetch(`http://127.0.0.1:${port}/${job}`);
	const text = await answer.text();
	if (!answer.ok) throw new Error(`workerd answered ${answer.status}: ${text}`);
	writeFileSync(reportFile, text);
} finally {
	workerd.kill("SIGKILL");
}

function config() {
	const listed = flags.map((flag) => JSON.stringify(flag)).join(", ");
	return `using Workerd = import "/workerd/workerd.capnp";
const config :Workerd.Config = (
	services = [(name = "main", worker = (
		modules = [(name = "worker", esModule = embed ${JSON.stringify(basename(program))})],
		compatibilityDate = "${COMPATIBILITY_DATE}",
		compatibilityFlags = [${listed}],
	))],
	sockets = [(name = "http", address = "127.0.0.1:0", http = (), service = "main")],
	v8Flags = ["--expose-gc"],
);
`;
}
