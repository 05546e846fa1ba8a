/** Longest wait for anything that is a matter of milliseconds on an idle machine, ms. */
export const PATIENCE_MS = 30_000;

/**
 * What `promise` gives, if it does so in time.
 *
 * @param what says, for the error, what was waited for and what came instead
 */
export async function withinPatience<T>(promise: Promise<T>, what: () => string): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const deadline = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`Not within ${PATIENCE_MS} ms: ${what()}`)), PATIENCE_MS);
	});
	return Promise.race([promise, deadline]).finally(() => clearTimeout(timer));
}
