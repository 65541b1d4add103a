import { readFileSync } from "node:fs";
import { after, before, describe, test } from "node:test";
import { setTimeout as sleep } from "node:timers/promises";
import { assert } from "chai";
import { type Service, startService } from "../dist/service.js";
import { Prometheus, whyNotPrometheus } from "./prometheus.ts";

const DEADLINE = 60_000;

interface Dashboard {
	readonly panels: readonly {
		readonly title: string;
		readonly targets: readonly { readonly expr: string }[];
	}[];
}

const dashboard = JSON.parse(
	readFileSync(new URL("../../../docs/grafana/ebbpool.json", import.meta.url), "utf8"),
) as Dashboard;

describe("a Prometheus that scrapes the service", { skip: whyNotPrometheus() ?? false }, () => {
	let service: Service;
	let prometheus: Prometheus;
	let working = true;
	let work: Promise<void>;

	before(async () => {
		service = await startService();
		prometheus = await Prometheus.start(service.address);
		work = (async () => {
			for (; working; await sleep(20)) await service.work();
		})();
	});

	after(async () => {
		working = false;
		await work;
		await prometheus.stop();
		await service.close();
	});

	/** What a query of the dashboard gives, once it gives anything. */
	async function answerTo(expression: string): Promise<number[]> {
		const until = Date.now() + DEADLINE;
		for (;;) {
			const values = await prometheus.query(expression).catch((error) => {
				if (error instanceof TypeError) return []; // it is not up yet
				throw error;
			});
			if (values.length > 0 || Date.now() > until) return values;
			await sleep(200);
		}
	}

	for (const { title, targets } of dashboard.panels) {
		for (const { expr } of targets) {
			test(`the dashboard's "${title}" has an answer to ${expr}`, async () => {
				const values = await answerTo(expr.replaceAll("$__rate_interval", "10s"));
				assert.isNotEmpty(values);
				for (const value of values) assert.isAtLeast(value, 0);
			});
		}
	}

	test("the hit rate of a pool in steady use is what it is", async () => {
		const [rate = 0] = await answerTo(
			'sum(ebbpool_pool_hits_total{ebbpool_pool_name="answers"}) / sum(ebbpool_pool_gets_total{ebbpool_pool_name="answers"})',
		);
		assert.isAtLeast(rate, 0.5);
		assert.isAtMost(rate, 1);
	});
});
