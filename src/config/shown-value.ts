/** Longest value in a message, characters. */
const MAX_LENGTH = 200;

/** Returns a value of JSON as a message shows it: as JSON text, shortened if it is long. Never throws, whatever the value. */
export function shownValue(value: unknown): string {
	let text: string;
	try {
		text = String(JSON.stringify(value));
	} catch {
		return 'a value that is nested too deeply';
	}
	return text.length <= MAX_LENGTH ? text : `${text.slice(0, MAX_LENGTH)}... (${text.length} characters)`;
}
