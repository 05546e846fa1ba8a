/** Write one line to stderr. A terminal that was closed meanwhile is no reason to stop. */
export function writeToStderr(line: string): void {
	const { stderr } = process;
	if (!stderr.listeners('error').includes(ignore)) stderr.on('error', ignore);
	stderr.write(`${line}\n`);
}

function ignore(): void {
	// There is nobody left to tell.
}
