import { ServiceError } from '../protocol/errors.ts';
import type { AdminTokens } from './admin-tokens.ts';
import type { AuthThrottle } from './auth-throttle.ts';
import type { KeyStore } from './key-store.ts';
import type { Principal } from './principal.ts';

/** What an `auth` message carries; a token goes before a key. */
export interface Credentials {
	readonly apiKey?: string | undefined;
	readonly token?: string | undefined;
}

export interface AuthenticatorOptions {
	readonly keys: KeyStore;
	readonly tokens: AdminTokens;
	readonly throttle: AuthThrottle;
}

/** Judges credentials one after the other, so that many attempts at once cannot slip past the throttle. */
export class Authenticator {
	private readonly options: AuthenticatorOptions;
	private previous: Promise<unknown> = Promise.resolve();

	constructor(options: AuthenticatorOptions) {
		this.options = options;
	}

	/**
	 * @param origin of the connection; `undefined` = a native program
	 * @throws ServiceError INVALID_API_KEY, API_KEY_REVOKED, TOKEN_EXPIRED, UNAUTHORIZED, or RATE_LIMIT_EXCEEDED with
	 * `details.retryAfter` in seconds, which also a right key gets while its origin has to wait
	 */
	authenticate(credentials: Credentials, origin: string | undefined): Promise<Principal> {
		const result = this.previous.then(() => this.judge(credentials, origin));
		// The next attempt waits for the end of this one, whatever it is; the caller hears the error.
		this.previous = result.catch(() => undefined);
		return result;
	}

	private async judge({ apiKey, token }: Credentials, origin: string | undefined): Promise<Principal> {
		const { keys, tokens, throttle } = this.options;
		const retryAfter = throttle.check(origin);
		if (retryAfter !== undefined) throw new ServiceError('RATE_LIMIT_EXCEEDED', { details: { retryAfter } });
		try {
			return token === undefined ? await keys.authenticate(apiKey, origin) : await tokens.verify(token);
		} catch (thrown) {
			throttle.recordFailure(origin);
			throw thrown;
		}
	}
}
