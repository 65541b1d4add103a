export { encodePacket } from "./encode-packet.ts";
export { MalformedPacketError } from "./malformed-packet-error.ts";
export type * from "./packet.ts";
export { PacketDecoder } from "./packet-decoder.ts";
