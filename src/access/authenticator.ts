import { EventEmitter } from 'node:events';
import { ServiceError, toServiceError } from '../protocol/errors.ts';
import { SerialQueue } from '../time/serial-queue.ts';
import type { AdminTokens } from './admin-tokens.ts';
import type { AuthThrottle } from './auth-throttle.ts';
import type { ApiKeyRecord } from './key-record.ts';
import type { KeyStore } from './key-store.ts';
import type { Principal } from './principal.ts';

/** The credentials in an `auth` message; a token takes precedence over a key. */
export interface Credentials {
	readonly apiKey?: string | undefined;
	readonly token?: string | undefined;
}

export interface AuthenticatorOptions {
	readonly keys: KeyStore;
	readonly tokens: AdminTokens;
	readonly throttle: AuthThrottle;
}

export interface AuthenticatorEvents {
	accepted: [principal: Principal, origin: string | undefined];
	/** `key` is the record of a known key that may not be used. */
	refused: [error: ServiceError, origin: string | undefined, key: ApiKeyRecord | undefined];
}

/** Checks credentials one at a time, so that parallel attempts cannot bypass the throttle. */
export class Authenticator extends EventEmitter<AuthenticatorEvents> {
	private readonly options: AuthenticatorOptions;
	private readonly attempts = new SerialQueue();

	constructor(options: AuthenticatorOptions) {
		super();
		this.options = options;
	}

	/**
	 * Returns the principal of the credentials. Valid ones are accepted also while their origin has to wait, so that the wrong keys
	 * of one program lock out no other.
	 *
	 * @param origin of the connection; `undefined` = a native program
	 * @throws ServiceError INVALID_API_KEY, API_KEY_REVOKED, TOKEN_EXPIRED, UNAUTHORIZED; instead of these RATE_LIMIT_EXCEEDED, with
	 * `details.retryAfter` in seconds, while the origin has to wait
	 */
	async authenticate(credentials: Credentials, origin: string | undefined): Promise<Principal> {
		try {
			const principal = await this.attempts.run(() => this.authenticateNow(credentials, origin));
			this.emit('accepted', principal, origin);
			return principal;
		} catch (thrown) {
			const key = credentials.token === undefined ? this.options.keys.find(credentials.apiKey) : undefined;
			this.emit('refused', toServiceError(thrown), origin, key);
			throw thrown;
		}
	}

	private async authenticateNow({ apiKey, token }: Credentials, origin: string | undefined): Promise<Principal> {
		const { keys, tokens, throttle } = this.options;
		try {
			return token === undefined ? await keys.authenticate(apiKey, origin) : await tokens.verify(token);
		} catch (thrown) {
			const retryAfter = throttle.check(origin);
			if (retryAfter !== undefined) {
				const message = `Too many failed authentications: wait ${retryAfter} s, then try again`;
				throw new ServiceError('RATE_LIMIT_EXCEEDED', { message, details: { retryAfter }, cause: thrown });
			}
			throttle.recordFailure(origin);
			throw thrown;
		}
	}
}
