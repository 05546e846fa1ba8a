import { randomUUID } from 'node:crypto';
import { openSecret } from '../config/secret-file.ts';
import { ServiceError } from '../protocol/errors.ts';
import { PERMISSIONS } from '../protocol/permissions.ts';
import { type Clock, msUntil } from '../time/clock.ts';
import { DEFAULT_ADMIN_TOKEN_TTL_MS, MAX_ADMIN_TOKEN_TTL_MS } from './lifetimes.ts';
import type { Principal } from './principal.ts';

const ALGORITHM = 'HS256';
/** Issuer of tokens and tickets, and audience of tokens: only this service issues and verifies them. */
const ISSUER = 'fingerprint-service';

/** Audience of tickets, so that they are not accepted as tokens. */
const TICKET_AUDIENCE = 'fingerprint-service-console';
const TICKET_TTL_MS = 10 * 60_000;

/** How far in the future an issue time may be, ms, because a time server sets the clock back a little now and then. */
const ISSUE_TIME_TOLERANCE_MS = 60_000;

/** Most tokens and tickets whose end is stored; more than a service sees within the lifetime of a token. */
const MAX_STORED_ENDS = 10_000;

interface TokenClaims {
	/** Seconds since 1970. */
	readonly iat: number;
	/** Seconds since 1970. */
	readonly exp: number;
	readonly jti: string;
}

/**
 * Issues and verifies the tokens of administrators: JWTs signed with the `secret` of the data folder. A token is valid for
 * both the API and the operator window. A ticket can only be exchanged for a token.
 *
 * A lifetime ends when the wall clock or the monotonic clock says so, whichever is first. The claims contain only wall times, since
 * another process may verify the token; so each process stores the monotonic end of what it has issued or accepted. A token that
 * this process does not know is refused if its issue time is in the future, because the clock was set back since.
 */
export class AdminTokens {
	private readonly secret: Uint8Array;
	private readonly clock: Clock;
	/** Wall time when the secret was read, ms since 1970. */
	private readonly openedAt: number;
	private readonly openedMonotonic: number;
	private readonly usedTickets = new Set<string>();
	/** Monotonic ends of the lifetimes of known tokens and tickets by id, ms, oldest first. They stay after the end, so that none revives. */
	private readonly ends = new Map<string, number>();

	private constructor(secret: Uint8Array, clock: Clock) {
		this.secret = secret;
		this.clock = clock;
		this.openedAt = clock.now();
		this.openedMonotonic = clock.monotonic();
	}

	/** Opens the secret as `openSecret` does. */
	static async open(options: { dataDir: string; clock: Clock }): Promise<AdminTokens> {
		return new AdminTokens(await openSecret(options.dataDir), options.clock);
	}

	/** Issues a token. @param ttlMs validity in ms, at most 12 hours, rounded to whole seconds; default 30 minutes */
	issue(ttlMs = DEFAULT_ADMIN_TOKEN_TTL_MS): Promise<string> {
		return this.sign(ISSUER, Math.min(ttlMs, MAX_ADMIN_TOKEN_TTL_MS));
	}

	/** Verifies a token. @throws ServiceError TOKEN_EXPIRED; INVALID_API_KEY for a token that this service did not issue */
	async verify(token: unknown): Promise<Principal> {
		const { exp, endMonotonic } = await this.read(token, ISSUER);
		return {
			kind: 'admin',
			keyId: undefined,
			name: 'admin',
			permissions: PERMISSIONS,
			sees: 'all',
			expiresAt: exp * 1_000,
			expiresMonotonic: endMonotonic,
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
		if (iat * 1_000 < this.ticketsAcceptedFromAt() || this.usedTickets.has(jti)) {
			throw new ServiceError('TOKEN_EXPIRED', {
				message: 'This link has already been used: create a new one with `fingerprint-service console`',
			});
		}
		this.usedTickets.add(jti);
		return this.issue();
	}

	/**
	 * Returns the wall time from which tickets are accepted, ms since 1970, rounded to seconds: earlier ones may have been used already
	 * before this process started. If the clock was set back since, the start is restated in the new time.
	 */
	private ticketsAcceptedFromAt(): number {
		const openForMs = this.clock.monotonic() - this.openedMonotonic;
		const restatedAt = this.clock.now() - openForMs;
		return Math.floor(Math.min(this.openedAt, restatedAt) / 1_000) * 1_000;
	}

	private async sign(audience: string, ttlMs: number): Promise<string> {
		// Loaded on first use, because most services never need it.
		const { SignJWT } = await import('jose');
		const now = this.clock.now();
		const jti = randomUUID();
		this.storeEnd(jti, this.clock.monotonic() + ttlMs);
		return new SignJWT()
			.setProtectedHeader({ alg: ALGORITHM, typ: 'JWT' })
			.setIssuer(ISSUER)
			.setAudience(audience)
			.setIssuedAt(Math.floor(now / 1_000))
			.setExpirationTime(Math.floor((now + ttlMs) / 1_000))
			.setJti(jti)
			.sign(this.secret);
	}

	/** Returns the claims of a valid token or ticket, and the monotonic end of its lifetime. */
	private async read(token: unknown, audience: string): Promise<TokenClaims & { readonly endMonotonic: number }> {
		const claims = await this.readClaims(token, audience);
		const endMonotonic = this.ends.get(claims.jti) ?? this.accept(claims);
		const hasEnded = msUntil(claims.exp * 1_000, this.clock) <= 0 || endMonotonic <= this.clock.monotonic();
		if (hasEnded) throw new ServiceError('TOKEN_EXPIRED');
		return { ...claims, endMonotonic };
	}

	/** Stores and returns the monotonic end of a token that another process issued. */
	private accept({ jti, iat, exp }: TokenClaims): number {
		if (msUntil(iat * 1_000, this.clock) > ISSUE_TIME_TOLERANCE_MS)
			throw new ServiceError('TOKEN_EXPIRED', {
				message: 'This token was issued before the clock of the computer was set back: create a new one',
			});
		const leftMs = Math.min(msUntil(exp * 1_000, this.clock), (exp - iat) * 1_000);
		return this.storeEnd(jti, this.clock.monotonic() + leftMs);
	}

	private storeEnd(jti: string, endMonotonic: number): number {
		this.ends.set(jti, endMonotonic);
		for (const [oldest] of this.ends) {
			if (this.ends.size <= MAX_STORED_ENDS) break;
			this.ends.delete(oldest);
		}
		return endMonotonic;
	}

	private async readClaims(token: unknown, audience: string): Promise<TokenClaims> {
		const { errors, jwtVerify } = await import('jose');
		try {
			const { payload } = await jwtVerify(String(token), this.secret, {
				algorithms: [ALGORITHM],
				issuer: ISSUER,
				audience,
				requiredClaims: ['exp', 'iat', 'jti'],
				currentDate: new Date(this.clock.now()),
			});
			const iat = Number(payload.iat);
			// An earlier version of the service issued tokens with a longer validity.
			const exp = Math.min(Number(payload.exp), iat + MAX_ADMIN_TOKEN_TTL_MS / 1_000);
			return { iat, exp, jti: String(payload.jti) };
		} catch (cause) {
			if (cause instanceof errors.JWTExpired) throw new ServiceError('TOKEN_EXPIRED', { cause });
			throw new ServiceError('INVALID_API_KEY', { message: 'This admin token is not valid: create a new one', cause });
		}
	}
}
