import { fileURLToPath } from "node:url";

// The tools are in a folder further up; without this Next.js would guess which one, with a warning.
const root = fileURLToPath(new URL("../..", import.meta.url));

export default { turbopack: { root }, outputFileTracingRoot: root };
