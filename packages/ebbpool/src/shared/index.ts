export { struct } from "./struct/struct.ts";
export type { StructLayout } from "./struct/struct-layout.ts";
export type { FieldsOf, StructDefinition } from "./struct/types.ts";
