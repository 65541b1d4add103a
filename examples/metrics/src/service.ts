import { once } from "node:events";
import { createServer } from "node:http";
import type { AddressInfo } from "node:net";
import { PrometheusExporter } from "@opentelemetry/exporter-prometheus";
import { MeterProvider } from "@opentelemetry/sdk-metrics";
import { Pool } from "ebbpool";
import { BufferPool } from "ebbpool/bytes";
import { observePools } from "ebbpool/metrics";
import { ResourcePool } from "ebbpool/resource";
import { SharedPool } from "ebbpool/shared";

/** A service with a pool of each kind, and its metrics where Prometheus can scrape them. */
export interface Service {
	/** Such as `127.0.0.1:41234`. */
	readonly address: string;
	/** Uses each pool once. */
	work(): Promise<void>;
	close(): Promise<void>;
}

export async function startService(): Promise<Service> {
	const exporter = new PrometheusExporter({ preventServerStart: true });
	const provider = new MeterProvider({ readers: [exporter] });
	const stop = observePools(provider.getMeter("ebbpool"));

	const answers = new Pool({
		name: "answers",
		new: () => new Map<string, string>(),
		reset: (map) => map.clear(),
		stats: true,
	});
	const bodies = new BufferPool({ name: "bodies", stats: true });
	const connections = new ResourcePool({ name: "database", create: async () => ({ rows: 1 }), max: 4 });
	const frames = SharedPool.create({ name: "frames", slotSize: 4096, slots: 8 });
	await frames.ready;

	const server = createServer((request, response) => exporter.getMetricsRequestHandler(request, response));
	await once(server.listen(0, "127.0.0.1"), "listening");
	return {
		address: `127.0.0.1:${(server.address() as AddressInfo).port}`,
		async work() {
			const map = answers.get();
			const body = bodies.get(10_000);
			frames.use((block) => block.bytes.fill(1));
			await connections.use(async ({ rows }) => map.set("rows", String(rows)));
			bodies.put(body);
			answers.put(map);
		},
		async close() {
			stop();
			await connections.drain();
			await provider.shutdown();
			server.close();
			server.closeAllConnections();
		},
	};
}
