import { mkdtemp, readdir, readFile, rm, stat, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { decodeJwt, decodeProtectedHeader, SignJWT, UnsecuredJWT } from 'jose';
import { afterEach, beforeEach, describe, expect, it } from 'vitest';
import { PERMISSIONS } from '../protocol/permissions.ts';
import { CLOCK_STEPS_MS, FakeClock } from '../time/testing/fake-clock.ts';
import { AdminTokens } from './admin-tokens.ts';

const HOUR_MS = 3_600_000;

let dataDir: string;
let clock: FakeClock;

beforeEach(async () => {
	dataDir = await mkdtemp(join(tmpdir(), 'admin-tokens-'));
	clock = new FakeClock();
});

afterEach(() => rm(dataDir, { recursive: true }));

const open = () => AdminTokens.open({ dataDir, clock });

describe('an admin token', () => {
	it('grants every permission and all readers for 30 minutes', async () => {
		const tokens = await open();
		const principal = await tokens.verify(await tokens.issue());
		expect(principal).toEqual({
			kind: 'admin',
			keyId: undefined,
			name: 'admin',
			permissions: PERMISSIONS,
			sees: 'all',
			expiresAt: clock.now() + 30 * 60_000,
			expiresMonotonic: clock.monotonic() + 30 * 60_000,
		});
	});

	it('contains issuer, audience, issue time and expiry time', async () => {
		const token = await (await open()).issue(60_000);
		const now = clock.now() / 1_000;
		expect(decodeProtectedHeader(token)).toEqual({ alg: 'HS256', typ: 'JWT' });
		expect(decodeJwt(token)).toEqual({
			iss: 'fingerprint-service',
			aud: 'fingerprint-service',
			iat: now,
			exp: now + 60,
			jti: expect.stringMatching(/^[0-9a-f-]{36}$/),
		});
	});

	it('expires according to the clock of the service', async () => {
		const tokens = await open();
		const token = await tokens.issue(60_000);
		clock.advance(59_000);
		await tokens.verify(token);
		clock.advance(1_000);
		await expect(tokens.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('is valid for at most 12 hours, also when an earlier version issued it for longer', async () => {
		const tokens = await open();
		const token = await tokens.issue(90 * 24 * HOUR_MS);
		const { iat = 0, exp = 0 } = decodeJwt(token);
		expect(exp - iat).toBe(12 * 3_600);
		const secret = Buffer.from(await readFile(join(dataDir, 'secret'), 'utf8'), 'base64url');
		const claims = { ...decodeJwt(token), exp: exp + 90 * 24 * 3_600, jti: 'issued by an earlier version' };
		const earlier = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
		clock.advance(12 * HOUR_MS - 1_000);
		await tokens.verify(earlier);
		clock.advance(1_000);
		await expect(tokens.verify(earlier)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
		await expect(tokens.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('is valid when another process issued it', async () => {
		const [service, commandLine] = [await open(), await open()];
		await expect(service.verify(await commandLine.issue())).resolves.toMatchObject({ kind: 'admin' });
	});

	it.each([undefined, null, 42, {}, '', 'a.b.c', 'ak_test_abcdefghijklmnopqrstuvwxyz012345'])(
		'is not %j',
		async (token) => {
			await expect((await open()).verify(token)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
		},
	);

	it('is refused when one character is changed', async () => {
		const tokens = await open();
		const [header, payload = '', signature] = (await tokens.issue()).split('.');
		const forged = Buffer.from(JSON.stringify({ ...decodeJwt(`.${payload}.`), exp: 9e9 })).toString('base64url');
		await expect(tokens.verify(`${header}.${forged}.${signature}`)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});
});

describe('an admin token when the clock is set', () => {
	it.each(['this process', 'another process'])('forward: one of %s ends at once', async (who) => {
		const service = await open();
		const token = await (who === 'this process' ? service : await open()).issue();
		clock.stepWallClock(7 * HOUR_MS);
		await expect(service.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('back: one that this process issued ends after its 30 minutes, and stays ended', async () => {
		const service = await open();
		const token = await service.issue();
		clock.stepWallClock(-7 * HOUR_MS);
		clock.advance(30 * 60_000 - 1_000);
		await service.verify(token);
		clock.advance(1_000);
		await expect(service.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
		clock.advance(6.5 * HOUR_MS - 60_000);
		await expect(service.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('back: one that this process has accepted ends after its 30 minutes', async () => {
		const [service, command] = [await open(), await open()];
		const token = await command.issue();
		clock.advance(10 * 60_000);
		await service.verify(token);
		clock.stepWallClock(-15 * 60_000);
		clock.advance(20 * 60_000 - 1_000);
		await service.verify(token);
		clock.advance(1_000);
		await expect(service.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('back: an unused one of another process is refused, because its age is unknown', async () => {
		const [service, command] = [await open(), await open()];
		const token = await command.issue();
		clock.stepWallClock(-7 * HOUR_MS);
		await expect(service.verify(token)).rejects.toMatchObject({
			error: 'TOKEN_EXPIRED',
			message: 'This token was issued before the clock of the computer was set back: create a new one',
		});
	});

	it('back by a few seconds, as a time server does: one of another process is valid', async () => {
		const [service, command] = [await open(), await open()];
		const token = await command.issue();
		clock.stepWallClock(-5_000);
		await service.verify(token);
	});

	it.each(CLOCK_STEPS_MS)('by %i ms: a new one of another process is valid', async (stepMs) => {
		const service = await open();
		clock.stepWallClock(stepMs);
		await service.verify(await (await open()).issue());
	});

	it.each([
		['runs', () => clock.sleep(8 * HOUR_MS)],
		['stands still', () => clock.stepWallClock(8 * HOUR_MS)],
	])('is over after a night in which the computer sleeps and the monotonic clock %s', async (_what, sleep) => {
		const service = await open();
		const token = await service.issue();
		sleep();
		await expect(service.verify(token)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});
});

describe('a token that this service did not issue', () => {
	const now = Date.UTC(2026, 0, 1) / 1_000;
	const commonClaims = { iss: 'fingerprint-service', aud: 'fingerprint-service', iat: now };
	const claims = { ...commonClaims, exp: now + 60, jti: '1' };
	const secret = Buffer.alloc(64, 7);

	beforeEach(() => writeFile(join(dataDir, 'secret'), secret.toString('base64url')));

	it('would be valid with the secret of the service and all claims', async () => {
		const token = await new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(secret);
		await expect((await open()).verify(token)).resolves.toMatchObject({ kind: 'admin' });
	});

	it.each([
		['another secret', { alg: 'HS256' }, claims, Buffer.alloc(64, 8)],
		['another algorithm', { alg: 'HS512' }, claims, secret],
		['another issuer', { alg: 'HS256' }, { ...claims, iss: 'other' }, secret],
		['another audience', { alg: 'HS256' }, { ...claims, aud: 'other' }, secret],
		['no expiry', { alg: 'HS256' }, { ...commonClaims, jti: '1' }, secret],
		['no id', { alg: 'HS256' }, { ...commonClaims, exp: now + 60 }, secret],
	])('is refused with %s', async (_case, header, payload, key) => {
		const token = await new SignJWT(payload).setProtectedHeader(header).sign(key);
		await expect((await open()).verify(token)).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});

	it('is refused without a signature', async () => {
		await expect((await open()).verify(new UnsecuredJWT(claims).encode())).rejects.toMatchObject({
			error: 'INVALID_API_KEY',
		});
	});
});

describe('a ticket', () => {
	it('is exchanged for a token once', async () => {
		const tokens = await open();
		const ticket = await tokens.issueTicket();
		await expect(tokens.verify(await tokens.redeemTicket(ticket))).resolves.toMatchObject({ kind: 'admin' });
		await expect(tokens.redeemTicket(ticket)).rejects.toMatchObject({
			error: 'TOKEN_EXPIRED',
			message: 'This link has already been used: create a new one with `fingerprint-service console`',
		});
	});

	it('is accepted when another process issued it, such as a command', async () => {
		const [service, command] = [await open(), await open()];
		await service.redeemTicket(await command.issueTicket());
	});

	it('expires after ten minutes', async () => {
		const tokens = await open();
		const ticket = await tokens.issueTicket();
		clock.advance(10 * 60_000);
		await expect(tokens.redeemTicket(ticket)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('is refused by a service that started after it was issued, since it may have been used before', async () => {
		const ticket = await (await open()).issueTicket();
		clock.advance(1_000);
		await expect((await open()).redeemTicket(ticket)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it.each(CLOCK_STEPS_MS)('is accepted when it is issued after the clock was set by %i ms', async (stepMs) => {
		const [service, command] = [await open(), await open()];
		clock.advance(60_000);
		clock.stepWallClock(stepMs);
		await service.redeemTicket(await command.issueTicket());
	});

	it('expires after ten minutes when the clock is set back', async () => {
		const service = await open();
		const ticket = await service.issueTicket();
		clock.stepWallClock(-7 * HOUR_MS);
		clock.advance(10 * 60_000);
		await expect(service.redeemTicket(ticket)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('is accepted when the clock is set forward by less than its lifetime', async () => {
		const [service, command] = [await open(), await open()];
		clock.advance(1_000);
		const ticket = await command.issueTicket();
		clock.stepWallClock(5 * 60_000);
		await service.redeemTicket(ticket);
	});

	it('is refused by a service that started after it was used, also once the clock is set back', async () => {
		const ticket = await (await open()).issueTicket();
		clock.advance(1_000);
		const restarted = await open();
		clock.stepWallClock(-7 * HOUR_MS);
		await expect(restarted.redeemTicket(ticket)).rejects.toMatchObject({ error: 'TOKEN_EXPIRED' });
	});

	it('is not accepted as a token, and a token is not accepted as a ticket', async () => {
		const tokens = await open();
		await expect(tokens.verify(await tokens.issueTicket())).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
		await expect(tokens.redeemTicket(await tokens.issue())).rejects.toMatchObject({ error: 'INVALID_API_KEY' });
	});
});

describe('the secret', () => {
	it('is created once, also when two processes start at the same time', async () => {
		const [one, other] = await Promise.all([open(), open()]);
		await expect(one.verify(await other.issue())).resolves.toMatchObject({ kind: 'admin' });
		expect(await readdir(dataDir)).toEqual(['secret']);
	});

	it('has 32 random bytes and is readable only by its owner', async () => {
		await open();
		const path = join(dataDir, 'secret');
		if (process.platform !== 'win32') expect((await stat(path)).mode & 0o777).toBe(0o600);
		expect(Buffer.from(await readFile(path, 'utf8'), 'base64url')).toHaveLength(32);
	});

	it.each(['', '\n', 'short', `${'!'.repeat(64)}`, `${'a'.repeat(42)}`])(
		'holding %j stops the start and stays as it is',
		async (text) => {
			const path = join(dataDir, 'secret');
			await writeFile(path, text);
			await expect(open()).rejects.toMatchObject({
				error: 'CONFIGURATION_ERROR',
				message: expect.stringContaining(path),
				details: { file: path },
			});
			expect(await readFile(path, 'utf8')).toBe(text);
		},
	);
});
