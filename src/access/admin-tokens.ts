import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readDataFile, writeDataFile } from '../config/data-folder.ts';
import { withFileLock } from '../config/file-lock.ts';
import type { Clock } from '../protocol/clock.ts';
import { ServiceError } from '../protocol/errors.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import type { Principal } from './principal.ts';

const ALGORITHM = 'HS256';
/** Both issuer and audience: a token is made and judged by this service alone. */
const PARTY = 'fingerprint-service';
/** HS256 asks for a key at least as long as its hash (RFC 7518, section 3.2). */
const SECRET_BYTES = 32;
const DEFAULT_TTL_MS = 30 * 60_000;

/** Makes and judges the tokens of administrators: JWTs signed with the `secret` of the data folder. */
export class AdminTokens {
	private readonly secret: Uint8Array;
	private readonly clock: Clock;

	private constructor(secret: Uint8Array, clock: Clock) {
		this.secret = secret;
		this.clock = clock;
	}

	/**
	 * Read the secret, or make one on first use. Whoever can read that file is an administrator.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR if the secret is damaged or unreadable, DB_QUERY_FAILED if it cannot be made
	 */
	static async open(options: { dataDir: string; clock: Clock }): Promise<AdminTokens> {
		const path = join(options.dataDir, 'secret');
		const text = (await readDataFile(path)) ?? (await withFileLock(path, () => makeSecret(path)));
		return new AdminTokens(decodeSecret(path, text), options.clock);
	}

	/** @param ttlMs validity, ms, counted in whole seconds; default 30 minutes */
	async issue(ttlMs = DEFAULT_TTL_MS): Promise<string> {
		// Loaded on first use: a service without administrators never pays for it.
		const { SignJWT } = await import('jose');
		const now = this.clock.now();
		return new SignJWT()
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.setIssuer(PARTY)
			.setAudience(PARTY)
			.setIssuedAt(Math.floor(now / 1_000))
			.setExpirationTime(Math.floor((now + ttlMs) / 1_000))
			.setJti(randomUUID())
			.sign(this.secret);
	}

	/** @throws ServiceError TOKEN_EXPIRED; INVALID_API_KEY for anything that this service did not sign */
	async verify(token: unknown): Promise<Principal> {
		const expirySeconds = await this.expiryOf(token);
		return {
			kind: 'admin',
			keyId: undefined,
			name: 'admin',
			permissions: PERMISSIONS,
			sees: 'all',
			expiresAt: expirySeconds * 1_000,
		};
	}

	private async expiryOf(token: unknown): Promise<number> {
		const { errors, jwtVerify } = await import('jose');
		try {
			const { payload } = await jwtVerify(String(token), this.secret, {
				algorithms: [ALGORITHM],
				issuer: PARTY,
				audience: PARTY,
				requiredClaims: ['exp', 'iat', 'jti'],
				currentDate: new Date(this.clock.now()),
			});
			return Number(payload.exp);
		} catch (cause) {
			if (cause instanceof errors.JWTExpired) throw new ServiceError('TOKEN_EXPIRED', { cause });
			throw new ServiceError('INVALID_API_KEY', { message: 'Invalid admin token', cause });
		}
	}
}

async function makeSecret(path: string): Promise<string> {
	// Another process may have made it while this one waited for the lock.
	const existing = await readDataFile(path);
	if (existing !== undefined) return existing;
	const text = `${randomBytes(SECRET_BYTES).toString('base64url')}\n`;
	await writeDataFile(path, text, { mode: 0o600 });
	return text;
}

function decodeSecret(path: string, text: string): Uint8Array {
	const secret = new Uint8Array(Buffer.from(text.trim(), 'base64url'));
	if (/^[\w-]+$/.test(text.trim()) && secret.length >= SECRET_BYTES) return secret;
	throw new ServiceError('CONFIGURATION_ERROR', {
		message: `${path} is damaged: move it away and start again to make a new one; admin tokens made with the old one end`,
		details: { file: path },
	});
}
