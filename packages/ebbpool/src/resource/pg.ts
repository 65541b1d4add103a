export { type PgClient, PgPool, type PgPoolOptions, type PooledPgClient } from "./pg-pool.ts";
