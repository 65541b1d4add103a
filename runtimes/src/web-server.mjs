import { once } from "node:events";
import { readFileSync } from "node:fs";
import { createServer } from "node:http";
import { basename, join } from "node:path";

const PAGE = '<!doctype html><meta charset="utf-8"><script type="module" src="page.js"></script>';

/**
 * Serves the bundled page and worker on loopback.
 *
 * @param {string} folder
 */
export async function serve(folder) {
	const server = createServer(({ url = "/" }, response) => {
		const isScript = url.endsWith(".js");
		// Browsers share memory between threads on isolated pages only.
		response.setHeader("cross-origin-opener-policy", "same-origin");
		response.setHeader("cross-origin-embedder-policy", "require-corp");
		response.setHeader("content-type", isScript ? "text/javascript" : "text/html");
		response.end(isScript ? readFileSync(join(folder, basename(url))) : PAGE);
	});
	server.listen(0, "127.0.0.1");
	await once(server, "listening");
	const address = /** @type {import("node:net").AddressInfo} */ (server.address());
	return {
		url: `http://127.0.0.1:${address.port}/`,
		close() {
			server.close();
			server.closeAllConnections();
		},
	};
}
