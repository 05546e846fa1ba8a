/** Writes one line to stderr. Errors are ignored, because the terminal may have been closed. */
export function writeToStderr(line: string): void {
	const { stderr } = process;
	if (!stderr.listeners('error').includes(ignore)) stderr.on('error', ignore);
	stderr.write(`${line}\n`);
}

function ignore(): void {
	// There is nowhere left to report the error.
}
