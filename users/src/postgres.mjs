import { spawn, spawnSync } from "node:child_process";
import { once } from "node:events";
import { chownSync, existsSync, mkdtempSync, readdirSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import { tmpdir } from "node:os";
import { delimiter, join } from "node:path";
import { setTimeout } from "node:timers/promises";
import pg from "pg";

const HOST = "127.0.0.1";
/** Where Debian keeps the server programs of each version. */
const DEBIAN = "/usr/lib/postgresql";

/** @returns {string | undefined} the folder of PostgreSQL's server programs */
function programs() {
	const versions = existsSync(DEBIAN) ? readdirSync(DEBIAN).sort().reverse() : [];
	const folders = [
		...(process.env["PATH"] ?? "").split(delimiter),
		...versions.map((version) => join(DEBIAN, version, "bin")),
	];
	return folders.find((folder) => existsSync(join(folder, "initdb")));
}

/** PostgreSQL refuses to run as root. @returns {{ uid?: number, gid?: number } | undefined} */
function user() {
	if (process.getuid?.() !== 0) return {};
	/** @param {string} flag */
	const id = (flag) => {
		const { status, stdout } = spawnSync("id", [flag, "postgres"], { encoding: "utf8" });
		return status === 0 ? Number(stdout) : undefined;
	};
	const [uid, gid] = [id("-u"), id("-g")];
	return uid === undefined || gid === undefined ? undefined : { uid, gid };
}

/**
 * Starts a server with an empty cluster of its own on loopback; its data are gone when it has ended.
 *
 * @returns {Promise<{ url: string, end: () => Promise<void> } | undefined>} nothing where PostgreSQL is not installed
 */
export async function startPostgres() {
	const bin = programs();
	const as = user();
	if (bin === undefined || as === undefined) return undefined;
	const folder = mkdtempSync(join(tmpdir(), "ebbpool-users-postgres-"));
	if (as.uid !== undefined && as.gid !== undefined) chownSync(folder, as.uid, as.gid);
	const data = join(folder, "data");
	const init = ["-D", data, "-U", "ebbpool", "-A", "trust", "-E", "UTF8", "--locale=C", "--no-sync"];
	const { status, stderr } = spawnSync(join(bin, "initdb"), init, { ...as, cwd: folder, encoding: "utf8" });
	if (status !== 0) throw new Error(`initdb failed: ${stderr}`);

	const probe = createServer().listen(0, HOST);
	await once(probe, "listening");
	const { port } = /** @type {import("node:net").AddressInfo} */ (probe.address());
	probe.close();
	await once(probe, "close");
	const settings = [
		`listen_addresses=${HOST}`,
		`port=${port}`,
		`unix_socket_directories=${folder}`,
		"fsync=off",
	];
	const args = ["-D", data, ...settings.flatMap((setting) => ["-c", setting])];
	const child = spawn(join(bin, "postgres"), args, { ...as, cwd: folder, stdio: "ignore" });
	const kill = () => void child.kill("SIGKILL");
	process.once("exit", kill);
	const url = `postgres://ebbpool@${HOST}:${port}/postgres`;
	await untilUp(url, child);
	return {
		url,
		async end() {
			const exited = once(child, "exit");
			child.kill("SIGINT");
			await exited;
			process.off("exit", kill);
			rmSync(folder, { recursive: true, force: true });
		},
	};
}

/**
 * @param {string} url
 * @param {import("node:child_process").ChildProcess} child
 */
async function untilUp(url, child) {
	for (const deadline = Date.now() + 30_000; ; await setTimeout(50)) {
		const client = new pg.Client(url);
		client.on("error", () => {});
		try {
			await client.connect();
			await client.end();
			return;
		} catch (error) {
			if (Date.now() > deadline || child.exitCode !== null) throw error;
		}
	}
}
