import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readDataFile, writeDataFile } from '../config/data-folder.ts';
import { withFileLock } from '../config/file-lock.ts';
import { ServiceError } from '../protocol/errors.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import type { Clock } from '../time/clock.ts';
import type { Principal } from './principal.ts';

const ALGORITHM = 'HS256';
/** Issuer of tokens and tickets, and audience of tokens: only this service issues and verifies them. */
const ISSUER = 'fingerprint-service';
/** Length of the secret, bytes: HS256 requires a key at least as long as its hash (RFC 7518, section 3.2). */
const SECRET_BYTES = 32;
const DEFAULT_TTL_MS = 30 * 60_000;

/** Audience of tickets, so that they are not accepted as tokens. */
const TICKET_AUDIENCE = 'fingerprint-service-console';
const TICKET_TTL_MS = 10 * 60_000;

/**
 * Issues and verifies the tokens of administrators: JWTs signed with the `secret` of the data folder. A token is valid for
 * both the API and the operator window. A ticket can only be exchanged for a token.
 */
export class AdminTokens {
	private readonly secret: Uint8Array;
	private readonly clock: Clock;
	/** Tickets issued before this time are refused, because they may have been used already. Seconds since 1970. */
	private readonly openedAt: number;
	private readonly usedTickets = new Set<string>();

	private constructor(secret: Uint8Array, clock: Clock) {
		this.secret = secret;
		this.clock = clock;
		this.openedAt = Math.floor(clock.now() / 1_000);
	}

	/**
	 * Reads the secret, or creates it on first use. Everyone who can read that file is an administrator.
	 *
	 * @throws ServiceError CONFIGURATION_ERROR if the secret is damaged or unreadable, DB_QUERY_FAILED if it cannot be created
	 */
	static async open(options: { dataDir: string; clock: Clock }): Promise<AdminTokens> {
		const path = join(options.dataDir, 'secret');
		const text = (await readDataFile(path)) ?? (await withFileLock(path, () => createSecret(path)));
		return new AdminTokens(decodeSecret(path, text), options.clock);
	}

	/** Issues a token. @param ttlMs validity in ms, rounded to whole seconds; default 30 minutes */
	issue(ttlMs = DEFAULT_TTL_MS): Promise<string> {
		return this.sign(ISSUER, ttlMs);
	}

	/** Verifies a token. @throws ServiceError TOKEN_EXPIRED; INVALID_API_KEY for a token that this service did not issue */
	async verify(token: unknown): Promise<Principal> {
		const { exp } = await this.read(token, ISSUER);
		return {
			kind: 'admin',
			keyId: undefined,
			name: 'admin',
			permissions: PERMISSIONS,
			sees: 'all',
			expiresAt: exp * 1_000,
		};
	}

	/** Issues a ticket for a link to the operator window; it can be exchanged for a token once, within 10 minutes. */
	issueTicket(): Promise<string> {
		return this.sign(TICKET_AUDIENCE, TICKET_TTL_MS);
	}

	/**
	 * Exchanges a ticket for a token.
	 *
	 * @throws ServiceError TOKEN_EXPIRED, also for a ticket that was used or issued before the program started; INVALID_API_KEY
	 */
	async redeemTicket(ticket: unknown): Promise<string> {
		const { jti, iat } = await this.read(ticket, TICKET_AUDIENCE);
		if (iat < this.openedAt || this.usedTickets.has(jti)) {
			throw new ServiceError('TOKEN_EXPIRED', {
				message: 'This link has already been used: create a new one with `fingerprint-service console`',
			});
		}
		this.usedTickets.add(jti);
		return this.issue();
	}

	private async sign(audience: string, ttlMs: number): Promise<string> {
		// Loaded on first use, because most services never need it.
		const { SignJWT } = await import('jose');
		const now = this.clock.now();
		return new SignJWT()
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.setIssuer(ISSUER)
			.setAudience(audience)
			.setIssuedAt(Math.floor(now / 1_000))
			.setExpirationTime(Math.floor((now + ttlMs) / 1_000))
			.setJti(randomUUID())
			.sign(this.secret);
	}

	private async read(token: unknown, audience: string): Promise<{ exp: number; iat: number; jti: string }> {
		const { errors, jwtVerify } = await import('jose');
		try {
			const { payload } = await jwtVerify(String(token), this.secret, {
				algorithms: [ALGORITHM],
				issuer: ISSUER,
				audience,
				requiredClaims: ['exp', 'iat', 'jti'],
				currentDate: new Date(this.clock.now()),
			});
			return { exp: Number(payload.exp), iat: Number(payload.iat), jti: String(payload.jti) };
		} catch (cause) {
			if (cause instanceof errors.JWTExpired) throw new ServiceError('TOKEN_EXPIRED', { cause });
			throw new ServiceError('INVALID_API_KEY', { message: 'This admin token is not valid: create a new one', cause });
		}
	}
}

async function createSecret(path: string): Promise<string> {
	// Another process may have created it while this one waited for the lock.
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
		message: `${path} is damaged: move the file away and start again to create a new one; admin tokens issued before become invalid`,
		details: { file: path },
	});
}
