export const name = "@grpc/grpc-js";
export const version = "1.14.7";

/** Each message is handed to Node's HTTP/2 stream, which tells nobody in this package when it is done with it. */
export const edits = undefined;
