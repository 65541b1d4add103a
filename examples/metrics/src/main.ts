import { startService } from "./service.ts";

const service = await startService();
for (let i = 0; i < 100; i++) await service.work();

const scraped = await (await fetch(`http://${service.address}/metrics`)).text();
for (const line of scraped.split("\n")) {
	if (/^(ebbpool_pool_(gets|hits|misses)_total|db_client_connection_count)\b/.test(line)) console.log(line);
}
await service.close();
