export * from "../../dist/cjs/checks/register.js";
