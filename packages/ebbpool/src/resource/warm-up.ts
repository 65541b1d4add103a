/** Opening what is missing up to `min`, which everybody who asks for it waits for together. */
export class WarmUp {
	readonly promise: Promise<void>;
	readonly done: () => void;
	readonly failed: (error: unknown) => void;

	/** @param ended - called when it is done or has failed */
	constructor(ended: () => void) {
		let settle!: { resolve: () => void; reject: (error: unknown) => void };
		this.promise = new Promise((resolve, reject) => {
			settle = { resolve, reject };
		});
		this.done = () => {
			ended();
			settle.resolve();
		};
		this.failed = (error) => {
			ended();
			settle.reject(error);
		};
	}
}
