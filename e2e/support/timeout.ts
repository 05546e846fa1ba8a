/** Longest wait for something that takes milliseconds on an idle machine, in ms. */
export const WAIT_TIMEOUT_MS = 30_000;

/**
 * Returns the result of `promise`.
 *
 * @param what describes for the error message what was expected, and what happened instead
 * @throws Error if the promise does not settle within `WAIT_TIMEOUT_MS`
 */
export async function withTimeout<T>(promise: Promise<T>, what: () => string): Promise<T> {
	let timer: NodeJS.Timeout | undefined;
	const timeout = new Promise<never>((_resolve, reject) => {
		timer = setTimeout(() => reject(new Error(`Timed out after ${WAIT_TIMEOUT_MS} ms: ${what()}`)), WAIT_TIMEOUT_MS);
	});
	return Promise.race([promise, timeout]).finally(() => clearTimeout(timer));
}
