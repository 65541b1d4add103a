/** First byte of a compressed text message in one frame: FIN, RSV1, opcode 1 (RFC 6455, section 5.2; RFC 7692, section 6). */
export const COMPRESSED_TEXT = 0b1100_0001;

/** The second byte holds the length up to here; above, how wide the length is that follows. */
export const LONGEST_SHORT = 125;
export const LENGTH_16 = 126;
export const LENGTH_64 = 127;

/** The empty block that every compressed message ends with; it is not sent. */
export const TAIL = Uint8Array.of(0x00, 0x00, 0xff, 0xff);
