import { Pool } from "./pool.ts";
import { TimeoutError } from "./timeout-error.ts";

export { Pool, TimeoutError };

// biome-ignore lint/style/noCommonJs: as tarn does: whoever takes the whole module gets these two and nothing else
module.exports = { Pool, TimeoutError };
