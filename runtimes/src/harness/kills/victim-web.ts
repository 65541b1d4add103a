// What the workers of browsers and Deno run.
import { ownRealm } from "./threads-web.ts";
import { runVictim } from "./victim.ts";

runVictim(ownRealm);
