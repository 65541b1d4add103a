// One class for both module systems: `instanceof` holds whichever way it came.
import Pool from "../index.ts";
import { PgPool } from "../pg-pool.ts";

// biome-ignore lint/style/noDefaultExport: as pg-pool has it
export { PgPool, Pool, Pool as default };
