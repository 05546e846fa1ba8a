import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { CLIENT_MESSAGES } from '../../protocol/client-messages.ts';
import type { TestClient } from '../testing/test-client.ts';
import { OTHER_VIRTUAL, REAL, TestServer, VIRTUAL } from '../testing/test-server.ts';

/** Close codes for faulty input: binary frame, invalid UTF-8, too many faults, message too long. */
const CLOSE_CODES = [1003, 1007, 1008, 1009];

/** Every type except `ping`, whose answer shows that every earlier message has been handled. */
const TYPES = Object.keys(CLIENT_MESSAGES).filter((type) => type !== 'ping');

const deviceId = fc.constantFrom(VIRTUAL, OTHER_VIRTUAL, REAL, 'device-099', '', '__proto__');
const anyField = fc.oneof(
	fc.jsonValue(),
	fc.integer(),
	fc.constantFrom(Number.MAX_VALUE, -0, '\u0000', 'x'.repeat(200)),
);
const message = fc
	.record(
		{
			deviceId: fc.oneof(deviceId, anyField),
			scanId: anyField,
			options: fc.oneof(
				fc.record({ timeout: anyField, qualityThreshold: anyField, scansRequired: anyField }),
				anyField,
			),
			person: anyField,
			code: fc.constantFrom(1004, 1005, 1),
		},
		{ requiredKeys: ['deviceId'] },
	)
	.chain((fields) => fc.constantFrom(...TYPES).map((type) => JSON.stringify({ ...fields, type })));

interface Frame {
	readonly data: string | Uint8Array;
	readonly binary: boolean;
	readonly fin: boolean;
}

const frame: fc.Arbitrary<Frame> = fc.record({
	data: fc.oneof(
		{ weight: 8, arbitrary: message },
		{ weight: 2, arbitrary: fc.json() },
		{ weight: 1, arbitrary: fc.string() },
		{ weight: 1, arbitrary: fc.uint8Array({ maxLength: 50 }) },
		{ weight: 1, arbitrary: fc.constant('x'.repeat(70_000)) },
	),
	binary: fc.oneof({ weight: 20, arbitrary: fc.constant(false) }, { weight: 1, arbitrary: fc.constant(true) }),
	fin: fc.oneof({ weight: 20, arbitrary: fc.constant(true) }, { weight: 1, arbitrary: fc.constant(false) }),
});

/** Returns `alive` if the connection still answers, else its close code. */
async function outcomeOf(client: TestClient): Promise<'alive' | number> {
	// Completes a message that a random frame may have left incomplete.
	client.socket.send('', { fin: true });
	return client.drain().then(
		() => 'alive' as const,
		async () => (await client.closed()).code,
	);
}

describe('random frames', () => {
	it('are answered or close the connection with a code of the protocol, and the server keeps running', async () => {
		const server = await TestServer.start();
		const keys = [await server.key('test'), await server.key('live')];
		await fc.assert(
			fc.asyncProperty(fc.constantFrom(...keys), fc.array(frame, { maxLength: 30 }), async (key, frames) => {
				const client = await server.join(key);
				for (const { data, binary, fin } of frames) client.socket.send(data, { binary, fin });
				const outcome = await outcomeOf(client);
				if (outcome !== 'alive') expect(CLOSE_CODES).toContain(outcome);
				await client.close();
			}),
			{ numRuns: 60 },
		);
		await server.join('admin');
	});
});
