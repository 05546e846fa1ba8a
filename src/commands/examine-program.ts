/**
 * Returns the checks of `doctor` for the support file of a running program. They are passed to the service, because commands are
 * above it in the import order; and they are loaded when they are needed, so that they do not delay the start.
 */
export function examineProgram(dataDir: string): () => AsyncIterable<string> {
	return async function* examine() {
		yield* (await import('./doctor.ts')).examine(dataDir);
	};
}
