/** Memory that a buffer owns from end to end. */
export type Storage = Uint8Array<ArrayBuffer>;
