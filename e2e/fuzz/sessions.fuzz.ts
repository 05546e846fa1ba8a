import { setImmediate } from 'node:timers/promises';
import fc from 'fast-check';
import { expect, it } from 'vitest';
import { encodeIsoRecord } from '../../src/biometrics/worker-engine.ts';
import { FakeReader } from '../../src/devices/testing/fake-driver.ts';
import { CLIENT_MESSAGES } from '../../src/protocol/client-messages.ts';
import { ServiceError } from '../../src/protocol/errors.ts';
import type { Permission } from '../../src/protocol/permissions.ts';
import type { ServerMessage } from '../../src/protocol/server-messages.ts';
import { GOOD_EXTRACTION } from '../../src/server/testing/fake-engine.ts';
import { OTHER_VIRTUAL, REAL, TestServer, VIRTUAL } from '../../src/server/testing/test-server.ts';
import { type Classification, classify, wrongAnswer } from './support/expected-answer.ts';
import { FuzzClient } from './support/fuzz-client.ts';
import { mutatedJson, toNode } from './support/json-text.ts';
import { runFuzz } from './support/run-fuzz.ts';
import { arbitraryOf } from './support/schema-arbitrary.ts';

/*
 * Random sessions of several clients with different keys over real sockets. Each message is valid, nearly valid or hostile. The
 * reader and the engine are fakes, and the clock moves only between messages, so that a seed repeats a run.
 */

/** Longest scan, ms. */
const LONGEST_TIMEOUT_MS = 120_000;
/** Faulty messages within a minute after which a connection is closed. */
const MAX_FAULTS = 20;
/** Close codes after a frame that is binary or not UTF-8, also of a client that has not authenticated or has made many faults. */
const FRAME_CLOSE_CODES = [1003, 1007, 1008, 4001];
const TERMINAL_TYPES = ['scan:complete', 'verify:complete', 'scan:error', 'scan:timeout', 'scan:stopped'];

interface KeyPlan {
	readonly environment: 'live' | 'test';
	readonly permissions?: readonly Permission[];
}

/** The keys of the clients. `key-#0` in a message is replaced by the first. */
const KEYS: readonly KeyPlan[] = [
	{ environment: 'test' },
	{ environment: 'test' },
	{ environment: 'live', permissions: ['device:read', 'fingerprint:scan', 'fingerprint:verify', 'fingerprint:image'] },
	{ environment: 'test', permissions: ['device:read'] },
];
/** The key of each client: two share one, one is an admin, one does not authenticate. */
const CLIENTS: readonly (number | 'admin' | 'stranger')[] = [0, 0, 1, 2, 3, 'admin', 'stranger'];

const RECORD = encodeIsoRecord({
	...{ width: 300, height: 400, dpi: 500, quality: 80 },
	minutiae: Array.from({ length: 30 }, (_, i) => ({ x: 9 * i, y: 11 * i, angle: i, kind: 'bifurcation', quality: 50 })),
});
const TEMPLATE = Buffer.from(RECORD).toString('base64');

const template = fc.oneof(
	{ weight: 4, arbitrary: fc.constant(TEMPLATE) },
	fc.constantFrom(
		TEMPLATE.slice(0, 60),
		`data:application/octet-stream;base64,${TEMPLATE}`,
		'Rk1SACAyMAA=',
		'=',
		'////',
	),
	fc.string({ unit: 'binary', minLength: 1, maxLength: 60 }),
	fc.uint8Array({ maxLength: 80 }).map((bytes) => `Rk1SACAyMAA${Buffer.from(bytes).toString('base64')}`),
);

const known = {
	deviceId: fc.constantFrom(VIRTUAL, OTHER_VIRTUAL, REAL, 'device-099'),
	scanId: fc.constantFrom('scan-#0', 'scan-#1', 'scan-#2', 'scan-aaaaaaaaaaaa'),
	apiKey: fc.constantFrom('key-#0', 'key-#1', 'key-#3', `ak_live_${'A'.repeat(32)}`, 'ak_test_'),
	token: fc.constantFrom('token-#', 'eyJhbGciOiJub25lIn0.e30.', ''),
	template,
	templates: fc.array(template, { minLength: 1, maxLength: 3 }),
	timeout: fc.constantFrom(1_000, 1_500, 5_000, LONGEST_TIMEOUT_MS),
};

/** Sent more often than the other types, so that many scans run and complete. */
const FREQUENT_TYPES = [
	'scan:start',
	'scan:start',
	'scan:start',
	'verify:start',
	'virtual:touch',
	'virtual:touch',
] as const;

const messageText = fc
	.constantFrom(...Object.values(CLIENT_MESSAGES), ...FREQUENT_TYPES.map((type) => CLIENT_MESSAGES[type]))
	.chain(({ schema }) => mutatedJson(arbitraryOf(schema, known).map(toNode)));

type Step =
	| { readonly do: 'send'; readonly client: number; readonly texts: readonly string[] }
	| { readonly do: 'send-frame'; readonly client: number; readonly data: Buffer; readonly binary: boolean }
	| { readonly do: 'disconnect'; readonly client: number }
	| { readonly do: 'advance'; readonly ms: number }
	| { readonly do: 'touch' | 'unplug' | 'plug' | 'fault' }
	| {
			readonly do: 'extract';
			readonly quality: number;
			readonly hasFingerprint: boolean;
			readonly hasTemplate: boolean;
	  };

const client = fc.nat({ max: CLIENTS.length - 1 });
const step: fc.Arbitrary<Step> = fc.oneof(
	{
		weight: 20,
		arbitrary: fc.record({
			do: fc.constant('send' as const),
			client,
			texts: fc.array(messageText, { minLength: 1, maxLength: 3 }),
		}),
	},
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('send-frame' as const),
			client,
			data: fc.uint8Array({ minLength: 1, maxLength: 20 }).map((bytes) => Buffer.from([0xff, ...bytes])),
			binary: fc.boolean(),
		}),
	},
	{ weight: 1, arbitrary: fc.record({ do: fc.constant('disconnect' as const), client }) },
	{
		weight: 2,
		arbitrary: fc.record({ do: fc.constant('advance' as const), ms: fc.constantFrom(1, 700, 1_500, 6_000) }),
	},
	{ weight: 4, arbitrary: fc.record({ do: fc.constant('touch' as const) }) },
	{ weight: 1, arbitrary: fc.record({ do: fc.constantFrom('unplug' as const, 'plug' as const, 'fault' as const) }) },
	{
		weight: 1,
		arbitrary: fc.record({
			do: fc.constant('extract' as const),
			quality: fc.nat({ max: 100 }),
			hasFingerprint: fc.boolean(),
			hasTemplate: fc.boolean(),
		}),
	},
);

/** One client of a session, and what it has done. */
interface Participant {
	readonly client: FuzzClient;
	/** The index of its key, or what it is instead. */
	key: (typeof CLIENTS)[number];
	faults: number;
}

interface StartedScan {
	readonly id: string;
	readonly owner: Participant;
}

/** What all sessions share. */
class World {
	readonly server: TestServer;
	readonly keys: readonly string[];
	reader: FakeReader;

	private constructor(server: TestServer, keys: readonly string[]) {
		this.server = server;
		this.keys = keys;
		this.reader = server.components.reader;
	}

	static async create(): Promise<World> {
		const server = await TestServer.start({ server: { pingIntervalMs: 3_600_000 } });
		const keys: string[] = [];
		for (const { environment, permissions } of KEYS)
			keys.push(await server.key(environment, { ...(permissions && { permissions: [...permissions] }) }));
		return new World(server, keys);
	}

	plug(): void {
		const { driver } = this.server.components;
		driver.unplug(this.reader);
		this.reader = driver.plug(new FakeReader());
	}

	/** Plugs every reader in again, as a new client, and waits until all are ready. */
	async restore(): Promise<void> {
		const { registry, clock } = this.server.components;
		const client = await this.server.connect();
		client.send({ type: 'auth', apiKey: this.keys[0] });
		for (const deviceId of [VIRTUAL, OTHER_VIRTUAL]) client.send({ type: 'virtual:plug', deviceId });
		await client.drain();
		await client.close();
		this.plug();
		while (registry.list().some(({ status }) => status !== 'idle')) {
			clock.advance(1_000);
			await setImmediate();
		}
	}
}

/** One session, from the first connection to the last close. */
class Session {
	private readonly world: World;
	private readonly participants: Participant[] = [];
	private readonly scans: StartedScan[] = [];
	private readonly secrets: readonly string[];
	private readonly token: string;

	private constructor(world: World, token: string) {
		this.world = world;
		this.token = token;
		this.secrets = [...world.keys, token];
	}

	static async open(world: World): Promise<Session> {
		const session = new Session(world, await world.server.components.tokens.issue());
		for (const key of CLIENTS) await session.connect(key);
		return session;
	}

	async run(steps: readonly Step[]): Promise<void> {
		for (const step of steps) await this.perform(step);
	}

	/** Ends every scan, and checks what must be true of the session as a whole. */
	async finish(): Promise<void> {
		this.world.server.components.clock.advance(LONGEST_TIMEOUT_MS + 1);
		for (const { client } of this.participants) await client.exchange('{"type":"pong"}', false);
		this.checkScans();
		for (const participant of this.participants) this.checkVisibility(participant);
	}

	async close(): Promise<void> {
		for (const { client } of this.participants) await client.close();
		await this.world.restore();
	}

	private async connect(key: Participant['key']): Promise<void> {
		const client = await FuzzClient.connect({
			port: this.world.server.port,
			name: `client ${this.participants.length} (${key})`,
			secrets: this.secrets,
		});
		this.participants.push({ client, key, faults: 0 });
		if (key === 'stranger') return;
		const credentials = key === 'admin' ? { token: this.token } : { apiKey: this.world.keys[key] };
		await client.exchange(JSON.stringify({ type: 'auth', ...credentials }), false);
		expect(client.isAuthenticated, client.name).toBe(true);
		// Every client listens to every reader that it may see, so that it would receive the scans of other keys.
		for (const deviceId of [VIRTUAL, OTHER_VIRTUAL, REAL])
			await client.exchange(JSON.stringify({ type: 'subscribe', deviceId }), false);
	}

	private async perform(step: Step): Promise<void> {
		const { clock, driver, engine } = this.world.server.components;
		switch (step.do) {
			case 'send':
				for (const text of step.texts) await this.send(this.participantOf(step.client), this.fillIn(text));
				break;
			case 'send-frame':
				await this.sendFrame(this.participantOf(step.client), step.data, step.binary);
				break;
			case 'disconnect':
				await this.participantOf(step.client).client.close();
				break;
			case 'advance':
				clock.advance(step.ms);
				break;
			case 'touch':
				if (this.world.reader.isWaiting) this.world.reader.answer();
				break;
			case 'unplug':
				driver.unplug(this.world.reader);
				break;
			case 'plug':
				this.world.plug();
				break;
			case 'fault':
				driver.fault(this.world.reader, new ServiceError('DEVICE_TIMEOUT'));
				break;
			case 'extract': {
				const { quality, hasFingerprint, hasTemplate } = step;
				engine.extraction = { ...GOOD_EXTRACTION, quality, hasFingerprint, template: hasTemplate ? RECORD : undefined };
				break;
			}
		}
		await setImmediate();
	}

	private async sendFrame({ client }: Participant, data: Buffer, binary: boolean): Promise<void> {
		if (client.closeCode !== undefined) return;
		await client.exchangeFrame(data, binary);
		expect(FRAME_CLOSE_CODES, client.name).toContain(client.closeCode);
	}

	private async send(participant: Participant, text: string): Promise<void> {
		const { client } = participant;
		const wasOpen = client.closeCode === undefined;
		const wasAuthenticated = client.isAuthenticated;
		const classification = classify(text);
		const isPing = classification.is === 'valid' && classification.type === 'ping';
		const answers = await client.exchange(text, isPing);
		if (!wasOpen) return;
		if (classification.is === 'faulty' || !wasAuthenticated) participant.faults += 1;
		if (client.isAuthenticated && !wasAuthenticated) participant.key = this.keyIn(classification);
		const context = () => `${client.name} sent ${text.slice(0, 2_000)} and received ${JSON.stringify(answers)}`;
		if (wasAuthenticated) expect(wrongAnswer(classification, answers), context()).toBeUndefined();
		else expect(isFirstAnswer(answers[0]), context()).toBe(true);
		this.checkOpen(participant, classification, context);
		this.noteScans(participant, classification, answers);
	}

	private checkOpen(participant: Participant, { is }: Classification, context: () => string): void {
		const { closeCode } = participant.client;
		// A ping before authentication counts as a fault as well.
		const hasManyFaults = participant.faults * (participant.client.isAuthenticated ? 1 : 2) >= MAX_FAULTS;
		if (is === 'too long') expect(closeCode, context()).toBe(1009);
		else if (closeCode === 1008) expect(hasManyFaults, context()).toBe(true);
		else if (closeCode === 4001) expect(participant.key, context()).toBe('stranger');
		else expect(closeCode, context()).toBeUndefined();
	}

	/** Returns the key that a valid `auth` contains. */
	private keyIn(text: Classification): Participant['key'] {
		const { token, apiKey = '' } = text.is === 'valid' ? (text.input as { token?: string; apiKey?: string }) : {};
		return token === this.token ? 'admin' : this.world.keys.indexOf(apiKey);
	}

	private noteScans(owner: Participant, text: Classification, answers: readonly ServerMessage[]): void {
		if (text.is !== 'valid' || (text.type !== 'scan:start' && text.type !== 'verify:start')) return;
		const { deviceId } = { deviceId: undefined, ...(text.input as object) };
		for (const answer of answers) {
			const isStarted = answer.type === 'scan:started' || answer.type === 'verify:started';
			if (isStarted && answer.deviceId === deviceId) this.scans.push({ id: answer.scanId, owner });
		}
	}

	/** Each scan has exactly one terminal event, and only its key and admins receive its events. */
	private checkScans(): void {
		const admin = this.participants.find(({ key }) => key === 'admin')?.client;
		for (const { id, owner } of this.scans) {
			for (const { client, key } of this.participants) {
				const events = client.received.filter((message) => eventOf(message) === id);
				if (key !== owner.key && key !== 'admin')
					expect(events, `${client.name} received a scan of ${owner.client.name}`).toEqual([]);
				const images = events.filter((event) => 'image' in event);
				if (client !== owner.client) expect(images, client.name).toEqual([]);
				const ends = events.filter(({ type }) => TERMINAL_TYPES.includes(type)).length;
				const isWatching = client.closeCode === undefined && (client === owner.client || client === admin);
				if (isWatching) expect(ends, `terminal events of ${id} for ${client.name}`).toBe(1);
				else expect(ends).toBeLessThanOrEqual(1);
			}
		}
	}

	private checkVisibility({ client, key }: Participant): void {
		if (key === 'admin' || key === 'stranger') return;
		const { environment, permissions } = KEYS[key] ?? { environment: 'test' };
		const devices = client.received.flatMap((message) =>
			message.type === 'devices' ? message.devices : message.type === 'device:connected' ? [message.device] : [],
		);
		for (const { virtual = false } of devices) expect(virtual, client.name).toBe(environment === 'test');
		if (permissions?.includes('fingerprint:scan') === false)
			expect(client.received.map(({ type }) => type)).not.toContain('scan:started');
	}

	/** Replaces the placeholders of scans and credentials in a text. */
	private fillIn(text: string): string {
		return text
			.replaceAll(/scan-#(\d)/g, (all, index) => this.scans.at(-1 - Number(index))?.id ?? all)
			.replaceAll(/key-#(\d)/g, (all, index) => this.world.keys[Number(index)] ?? all)
			.replaceAll('token-#', this.token);
	}

	private participantOf(index: number): Participant {
		const participant = this.participants[index];
		if (participant === undefined) throw new Error(`no client ${index}`);
		return participant;
	}
}

/** Returns the scan that a message is an event of. The error that answers a `scan:stop` is not an event and has no `deviceId`. */
function eventOf(message: ServerMessage): string | undefined {
	if (message.type === 'scan:error' && message.deviceId === undefined) return undefined;
	return 'scanId' in message ? message.scanId : undefined;
}

function isFirstAnswer(answer: ServerMessage | undefined): boolean {
	return answer === undefined || ['error', 'auth:error', 'auth:success'].includes(answer.type);
}

it('answers every message of random sessions as the protocol says, and keeps the keys apart', async () => {
	const world = await World.create();
	await runFuzz('sessions', fc.array(step, { minLength: 1, maxLength: 40, size: 'max' }), async (steps) => {
		world.server.components.engine.extraction = { ...GOOD_EXTRACTION, template: RECORD };
		const session = await Session.open(world);
		try {
			await session.run(steps);
			await session.finish();
		} finally {
			await session.close();
		}
	});
});
