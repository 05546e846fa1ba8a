import { randomBytes, randomUUID } from 'node:crypto';
import { join } from 'node:path';
import { readDataFile, writeDataFile } from '../config/data-folder.ts';
import { withFileLock } from '../config/file-lock.ts';
import { ServiceError } from '../protocol/errors.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import type { Clock } from '../time/clock.ts';
import type { Principal } from './principal.ts';

const ALGORITHM = 'HS256';
/** Both issuer and audience of tokens: they are made and judged by this service alone. */
const PARTY = 'fingerprint-service';
/** HS256 asks for a key at least as long as its hash (RFC 7518, section 3.2). */
const SECRET_BYTES = 32;
const DEFAULT_TTL_MS = 30 * 60_000;

/** Audience of tickets: nothing but a console session takes them. */
const CONSOLE = 'fingerprint-service-console';
const TICKET_TTL_MS = 10 * 60_000;

/**
 * Makes and judges the tokens of administrators: JWTs signed with the `secret` of the data folder. A token is good for the
 * API and for the console alike, whichever gave it out: it is the same administrator. A ticket is good for neither.
 */
export class AdminTokens {
	private readonly secret: Uint8Array;
	private readonly clock: Clock;
	/** Tickets made before this object are refused: it cannot know whether they were used. Seconds since 1970. */
	private readonly openedAt: number;
	private readonly usedTickets = new Set<string>();

	private constructor(secret: Uint8Array, clock: Clock) {
		this.secret = secret;
		this.clock = clock;
		this.openedAt = Math.floor(clock.now() / 1_000);
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
	issue(ttlMs = DEFAULT_TTL_MS): Promise<string> {
		return this.sign(PARTY, ttlMs);
	}

	/** @throws ServiceError TOKEN_EXPIRED; INVALID_API_KEY for anything that this service did not sign */
	async verify(token: unknown): Promise<Principal> {
		const { exp } = await this.read(token, PARTY);
		return {
			kind: 'admin',
			keyId: undefined,
			name: 'admin',
			permissions: PERMISSIONS,
			sees: 'all',
			expiresAt: exp * 1_000,
		};
	}

	/** What a link to the console carries: it can be changed for a token once, within 10 minutes. */
	issueTicket(): Promise<string> {
		return this.sign(CONSOLE, TICKET_TTL_MS);
	}

	/**
	 * A token for a ticket, which thereby is used up.
	 *
	 * @throws ServiceError TOKEN_EXPIRED, also for one that was used or is older than this run; INVALID_API_KEY
	 */
	async redeemTicket(ticket: unknown): Promise<string> {
		const { jti, iat } = await this.read(ticket, CONSOLE);
		if (iat < this.openedAt || this.usedTickets.has(jti)) {
			throw new ServiceError('TOKEN_EXPIRED', { message: 'This link was used already' });
		}
		this.usedTickets.add(jti);
		return this.issue();
	}

	private async sign(audience: string, ttlMs: number): Promise<string> {
		// Loaded on first use: a service without administrators never pays for it.
		const { SignJWT } = await import('jose');
		const now = this.clock.now();
		return new SignJWT()
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.setIssuer(PARTY)
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
				issuer: PARTY,
				audience,
				requiredClaims: ['exp', 'iat', 'jti'],
				currentDate: new Date(this.clock.now()),
			});
			return { exp: Number(payload.exp), iat: Number(payload.iat), jti: String(payload.jti) };
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
