import type { IncomingMessage } from 'node:http';
import { ServiceError } from '../../protocol/errors.ts';

/** More than enough for a ticket, which has about 300 characters. */
const MAX_BYTES = 4_096;

/** Reads the JSON object in the body of a request. @throws ServiceError INVALID_JSON; INVALID_MESSAGE when it is too long */
export async function readJsonBody(request: IncomingMessage): Promise<Readonly<Record<string, unknown>>> {
	const chunks: Buffer[] = [];
	let size = 0;
	for await (const chunk of request) {
		size += chunk.length;
		if (size > MAX_BYTES)
			throw new ServiceError('INVALID_MESSAGE', {
				message: `The body is longer than ${MAX_BYTES} bytes: send only the ticket`,
			});
		chunks.push(chunk);
	}
	try {
		const body: unknown = JSON.parse(Buffer.concat(chunks).toString());
		return typeof body === 'object' && body !== null ? { ...body } : {};
	} catch (cause) {
		throw new ServiceError('INVALID_JSON', { cause });
	}
}
