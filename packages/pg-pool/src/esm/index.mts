// One class for both module systems: `instanceof` holds whichever way it came.
import Pool from "../index.ts";
import { PgPool } from "../pg-pool.ts";

export { Pool, Pool as default, PgPool };
