import { createHmac, randomBytes, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';

/*
 * The messages between the program that holds the lock of a data folder and one that asks it something. Each end proves that
 * it knows the `secret` of the data folder by an HMAC over the nonces of both, before anything else is said:
 *
 *     asker                                 holder
 *       | {"nonce"}                           |
 *       | ----------------------------------> |
 *       |                  {"nonce","proof"}  |
 *       | <---------------------------------- |
 *       | {"proof","request"}                 |
 *       | ----------------------------------> |
 *       |         {"status"} or {"problem"}   |
 *       | <---------------------------------- |
 *
 * After `stop` the connection stays open until the process of the holder has ended.
 */

/** 32 bytes in base64url. */
const nonce = z.string().regex(/^[\w-]{43}$/);

export const helloSchema = z.object({ nonce });
export const holderProofSchema = z.object({ nonce, proof: nonce });
export const requestSchema = z.object({ proof: nonce, request: z.enum(['status', 'start', 'stop']) });

const statusSchema = z.object({
	/** The desktop app, or the program that `serve` runs. */
	program: z.enum(['desktop', 'service']),
	version: z.string(),
	pid: z.int(),
	state: z.enum(['stopped', 'starting', 'running', 'stopping', 'failed']),
	/** Where pages connect, such as `ws://localhost:8080`. Also set while the service is stopped; empty before it first listens. */
	addresses: z.array(z.string()),
	/** As in `server.host`; absent before the program first listens. */
	host: z.string().exactOptional(),
	port: z.int().exactOptional(),
	/** Why the last start failed; present in state `failed`. */
	problem: z.string().exactOptional(),
});

export const answerSchema = z.union([z.object({ status: statusSchema }), z.object({ problem: z.string() })]);

export type LockRequest = z.output<typeof requestSchema>['request'];
export type LockAnswer = z.output<typeof answerSchema>;

/** The program that holds the lock, and the state of its service. */
export type ProgramStatus = z.output<typeof statusSchema>;

type Role = 'asker' | 'holder';

/** Returns a new nonce from a cryptographic source. */
export function createNonce(): string {
	return randomBytes(32).toString('base64url');
}

/** Proves knowledge of the secret to the other end. The role keeps a proof from being sent back to the end that made it. */
export class LockProof {
	private readonly key: Uint8Array;
	private readonly nonces: string;

	constructor(secret: Uint8Array, nonces: { readonly asker: string; readonly holder: string }) {
		// A separate key, because the secret also signs admin tokens.
		this.key = hmac(secret, 'fingerprint-service lock');
		this.nonces = `${nonces.asker} ${nonces.holder}`;
	}

	of(role: Role): string {
		return Buffer.from(hmac(this.key, `${role} ${this.nonces}`)).toString('base64url');
	}

	/** Whether the other end sent the proof of its role; compared in constant time. */
	isValid(role: Role, proof: string): boolean {
		return timingSafeEqual(Buffer.from(this.of(role)), Buffer.from(proof));
	}
}

function hmac(key: Uint8Array, text: string): Uint8Array {
	return createHmac('sha256', key).update(text).digest();
}
