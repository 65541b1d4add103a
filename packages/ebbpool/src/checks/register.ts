import { enableChecks } from "./enable-checks.ts";
import { optionsFromEnvironment } from "./environment.ts";

// `node --import ebbpool/checks/register app.js`: before any module of the program makes a pool.
enableChecks(optionsFromEnvironment());
