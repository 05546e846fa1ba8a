import type { OperatorMessage } from '../../src/operator/contract.ts';

/** Parses a text frame of the service; undefined when it is not a message that this window knows. */
export function tryParseOperatorMessage(text: string): OperatorMessage | undefined {
	try {
		const value: unknown = JSON.parse(text);
		return isOperatorMessage(value) ? value : undefined;
	} catch {
		return undefined;
	}
}

/** Checks only the envelope, because the content comes from the service that served this window. */
function isOperatorMessage(value: unknown): value is OperatorMessage {
	if (!isRecord(value)) return false;
	switch (value.type) {
		case 'session':
			return typeof value.token === 'string';
		case 'reply':
			return typeof value.id === 'number' && (value.ok === true || (value.ok === false && isRecord(value.problem)));
		case 'event':
			return isRecord(value.event) && typeof value.event.topic === 'string' && 'value' in value.event;
		default:
			return false;
	}
}

function isRecord(value: unknown): value is Readonly<Record<string, unknown>> {
	return typeof value === 'object' && value !== null;
}
