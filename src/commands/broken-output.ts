let isOutputNeeded = true;

/**
 * Ends this program when its output cannot be written: a program such as `head` closes the pipe when it has read enough. That is
 * not an error, and the exit code stays the one that is set.
 */
export function exitOnBrokenOutput(): void {
	process.stdout.on('error', () => {
		if (isOutputNeeded) process.exit();
	});
	// An error message that cannot be written is lost.
	process.stderr.on('error', () => {});
}

/** Keeps this program running when its output cannot be written, because it serves others. */
export function keepRunningWithoutOutput(): void {
	isOutputNeeded = false;
}
