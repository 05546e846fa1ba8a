import type { MinutiaKind } from '../biometrics/records/minutia.ts';
import type { ErrorName } from '../protocol/errors.ts';
import type { LogLevel } from '../protocol/log-levels.ts';
import type { Permission } from '../protocol/permissions.ts';
import type { QualityHint } from '../protocol/quality-hints.ts';
import type { DeviceStatus } from '../protocol/server-messages.ts';

/*
 * What an operator can do and see: the one list, for the window, whichever carrier brings it. But for the error at the end
 * all of it is types of plain JSON. Moments are ms since 1970 unless they say otherwise.
 */

/** A `ServiceError` as the operator gets it. */
export interface OperatorProblem {
	readonly error: ErrorName;
	/** As in the error table. */
	readonly code: number;
	/** One line in English that says what to do. */
	readonly message: string;
	readonly retryable: boolean;
	/** Names the field, file, port and so on; of a refused `settings:write` also `fields`, by setting what is allowed. */
	readonly details?: Readonly<Record<string, unknown>>;
}

export type ServiceState =
	| { readonly phase: 'stopped' }
	| { readonly phase: 'starting' }
	| {
			readonly phase: 'running';
			readonly since: number;
			/** Where pages connect, such as `ws://localhost:8080`; the first one is the one to tell people. */
			readonly addresses: readonly string[];
	  }
	| { readonly phase: 'stopping' }
	| { readonly phase: 'failed'; readonly problem: OperatorProblem };

/** A plugged-in reader. */
export interface ReaderView {
	/** Such as `device-001`. */
	readonly id: string;
	readonly model: string;
	readonly serialNumber: string;
	readonly firmwareVersion: string;
	/** Such as `virtual`, `hid` or `zkfinger`. */
	readonly driver: string;
	readonly isVirtual: boolean;
	readonly status: DeviceStatus;
	/** Why it is out of order, exactly while `status` is `error`. */
	readonly problem?: OperatorProblem;
	/** When it was last used for a scan, in this run of the service. */
	readonly lastActivityAt?: number;
}

/** An authenticated client of the WebSocket API. */
export interface ConnectionView {
	readonly id: string;
	/** The name of its key, or `admin`. */
	readonly name: string;
	/** Absent for an admin. */
	readonly keyId?: string;
	/** Absent for a program that is no web page. */
	readonly origin?: string;
	readonly since: number;
	/** Ids of the readers it has subscribed to. */
	readonly readers: readonly string[];
}

export type KeyEnvironment = 'live' | 'test';

/** An API key without its secret. Moments are ISO 8601, UTC. */
export interface KeyView {
	/** Such as `key-abc12345`. */
	readonly id: string;
	readonly name: string;
	/** Test keys see only virtual readers, live keys only real ones. */
	readonly environment: KeyEnvironment;
	readonly status: 'valid' | 'expired' | 'revoked';
	readonly permissions: readonly Permission[];
	readonly createdAt: string;
	readonly expiresAt?: string;
	/** The only origins that may use it; absent = any. */
	readonly origins?: readonly string[];
	/** Exact to the minute. */
	readonly lastUsedAt?: string;
	readonly revokedAt?: string;
}

/** A key at the one moment in which its secret exists. */
export interface IssuedKey {
	/** The secret, such as `ak_live_...`; shown once, stored nowhere. */
	readonly secret: string;
	readonly key: KeyView;
}

export type OriginDecision = 'allow' | 'block';

export interface OriginsState {
	/** Origins that were refused because nobody has decided about them yet, latest first. */
	readonly pending: readonly { readonly origin: string; readonly lastSeenAt: number; readonly attempts: number }[];
	readonly allowed: readonly string[];
	readonly blocked: readonly string[];
}

export type SettingValue = number | string | boolean | readonly string[];

interface SettingFacts {
	/** Section and name, such as `server.port`. */
	readonly field: string;
	/** English; the window may know it in the operator's language. */
	readonly description: string;
	/** English: type, range and unit, such as "a whole number from 0 to 65535". */
	readonly allowed: string;
	/** Where the value comes from; one from the environment or a flag cannot be changed here. */
	readonly source: 'default' | 'file' | 'environment' | 'flag';
}

/** One setting; `value` and `fallback` are of the type that `kind` names. */
export type SettingView =
	| (SettingFacts & {
			readonly kind: 'number';
			readonly value: number;
			readonly fallback: number;
			readonly min: number;
			readonly max: number;
	  })
	| (SettingFacts & { readonly kind: 'text'; readonly value: string; readonly fallback: string })
	| (SettingFacts & { readonly kind: 'flag'; readonly value: boolean; readonly fallback: boolean })
	| (SettingFacts & {
			readonly kind: 'choice';
			readonly value: string;
			readonly fallback: string;
			readonly choices: readonly string[];
	  })
	| (SettingFacts & { readonly kind: 'list'; readonly value: readonly string[]; readonly fallback: readonly string[] });

export interface SettingsState {
	/** Path of the file that `settings:write` changes. */
	readonly file: string;
	/** In the order in which they belong together; empty while `problem` is there. */
	readonly settings: readonly SettingView[];
	/**
	 * Fields whose value the running service has not taken over yet: it does at its next start. Without a desktop app
	 * `server.host` and `server.port` wait for the next start of the whole program, which serves the window itself.
	 */
	readonly pending: readonly string[];
	/** Why the settings cannot be read. */
	readonly problem?: OperatorProblem;
}

/** One line of the log, redacted: no key, token, template or image. */
export interface LogLineView {
	/** Counts the entries of this run of the program from 1. */
	readonly sequence: number;
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	readonly level: LogLevel;
	/** The part that spoke, such as `DeviceRegistry`. */
	readonly name: string;
	readonly message: string;
	readonly metadata?: Readonly<Record<string, unknown>>;
}

export interface AboutInfo {
	readonly version: string;
	/** Such as `linux 6.1 x64`. */
	readonly platform: string;
	/** Such as `Node 24.1.0` or `Electron 45.0.0, Node 24.1.0`. */
	readonly runtime: string;
	/** Where settings, keys and logs are. */
	readonly dataDir: string;
	readonly logsDir: string;
	/** Whether a desktop app surrounds the service: then it can start at login, and its address can change without a new program. */
	readonly isDesktop: boolean;
}

export interface MinutiaView {
	/** Pixels from the left and the top of the picture. */
	readonly x: number;
	readonly y: number;
	/** Direction of the ridge, degrees counter-clockwise from the right, 0..360. */
	readonly angle: number;
	readonly kind: MinutiaKind;
	/** 0..100 */
	readonly quality: number;
}

/** One touch, for the eyes of the operator: the picture is kept nowhere. */
export interface TrialScan {
	/** The picture as a PNG in base64. */
	readonly png: string;
	/** Pixels. */
	readonly width: number;
	readonly height: number;
	readonly dpi: number;
	/** 0..100 */
	readonly quality: number;
	/** Why the quality is low. */
	readonly hints: readonly QualityHint[];
	readonly minutiae: readonly MinutiaView[];
	/** False where no template could be made of it. */
	readonly isUsable: boolean;
}

/** Everything that helps somebody else to help, as a text file without any secret. */
export interface SupportBundle {
	readonly fileName: string;
	readonly text: string;
}

export interface NewKeyInput {
	/** 1..100 printable characters. */
	readonly name: string;
	readonly environment: KeyEnvironment;
	/** Default: all. */
	readonly permissions?: Permission[];
	/** Moment after now; default: never. */
	readonly expiresAt?: number;
	/** Default: any. */
	readonly origins?: string[];
}

type Nothing = Readonly<Record<string, never>>;

/** Each operation: what it takes and what it gives. A failure is a `ConsoleProblem`. */
export interface OperatorCalls {
	/** A start that fails is no failure of the call: the state says `failed` and why. */
	'service:start': { input: Nothing; result: ServiceState };
	'service:stop': { input: Nothing; result: ServiceState };
	/** Stop if it runs, then start: this is how changed settings take effect. */
	'service:restart': { input: Nothing; result: ServiceState };
	'connection:close': { input: { readonly id: string }; result: null };
	'key:create': { input: NewKeyInput; result: IssuedKey };
	/** Its connections close at once. */
	'key:revoke': { input: { readonly id: string }; result: KeyView };
	/** A new secret for the same name, rights and origins; the old key is revoked in the same write. */
	'key:rotate': { input: { readonly id: string }; result: IssuedKey };
	/** Takes effect at once and is remembered. Blocking closes the connections of the origin. */
	'origin:decide': { input: { readonly origin: string; readonly decision: OriginDecision }; result: OriginsState };
	/** As if nobody had decided: connections of an origin that was allowed close, and the next page from there asks again. */
	'origin:forget': { input: { readonly origin: string }; result: OriginsState };
	/** By field; null = back to the default. All or nothing: one wrong value refuses them all, with `details.fields`. */
	'settings:write': {
		input: { readonly values: Readonly<Record<string, SettingValue | null>> };
		result: SettingsState;
	};
	/** Waits up to 30 s for a finger. One at a time for each window; it ends when the window goes. */
	'trial:scan': { input: { readonly deviceId: string }; result: TrialScan };
	/** The waiting `trial:scan` fails with SERVICE_UNAVAILABLE, `details.reason` = `stopped`. Nothing happens without one. */
	'trial:stop': { input: Nothing; result: null };
	'support:bundle': { input: Nothing; result: SupportBundle };
}

export type OperatorOperation = keyof OperatorCalls;
export type InputOf<O extends OperatorOperation> = OperatorCalls[O]['input'];
export type ResultOf<O extends OperatorOperation> = OperatorCalls[O]['result'];

/** What there is to see, each as a whole: the latest value is the truth. */
export interface OperatorTopics {
	about: AboutInfo;
	service: ServiceState;
	readers: readonly ReaderView[];
	connections: readonly ConnectionView[];
	/** Revoked ones too, oldest first; not told before they could be read. */
	keys: readonly KeyView[];
	origins: OriginsState;
	settings: SettingsState;
}

export type OperatorTopic = keyof OperatorTopics;

/** The value of a topic, or lines of the log: first what is kept of it, then each new one. */
export type OperatorEvent =
	| { readonly [T in OperatorTopic]: { readonly topic: T; readonly value: OperatorTopics[T] } }[OperatorTopic]
	| { readonly topic: 'log'; readonly value: readonly LogLineView[] };

/** The operator's side of the service. A carrier brings it to a window and adds nothing. */
export interface OperatorApi {
	/** Rejects with a `OperatorFailure`. */
	call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>>;
	/** Every topic as it is now and the kept log, then each change; @returns ends it. */
	follow(listener: (event: OperatorEvent) => void): () => void;
}

/** What a call rejects with in a window. */
export class OperatorFailure extends Error {
	readonly problem: OperatorProblem;

	constructor(problem: OperatorProblem) {
		super(problem.message);
		this.name = 'OperatorFailure';
		this.problem = problem;
	}
}

/** How a call ends, in a form that crosses every border. */
export type OperatorReply =
	| { readonly ok: true; readonly result: unknown }
	| { readonly ok: false; readonly problem: OperatorProblem };

/*
 * The carrier over HTTP and WebSocket, for a service without a desktop app:
 *
 *     POST /console/session  {"ticket": "..."}  ->  200 {"token": "..."}, else a `ConsoleProblem`: 401, or 400
 *                                                   for a body that cannot be read
 *     WebSocket /console/socket: the first message is `auth`, then calls and events go both ways
 *
 * The ticket comes in the fragment of the link, works once, and is never sent anywhere else. The token lives in the page
 * and is renewed through the socket.
 */

/** From the page to the service. */
export type OperatorRequest =
	| { readonly type: 'auth'; readonly token: string }
	/** `id` counts the calls of one connection. */
	| { readonly type: 'call'; readonly id: number; readonly operation: string; readonly input: unknown };

/** From the service to the page; a wrong token closes with 4001 or 4005. */
export type OperatorMessage =
	/** Answers `auth`, and comes again before the token expires: the token to use from now on. */
	| { readonly type: 'session'; readonly token: string }
	| ({ readonly type: 'reply'; readonly id: number } & OperatorReply)
	| { readonly type: 'event'; readonly event: OperatorEvent };

/** What the preload script offers the window of the desktop app, as `window.operatorConsole`. */
export interface DesktopBridge {
	call(operation: string, input: unknown): Promise<OperatorReply>;
	follow(listener: (event: OperatorEvent) => void): () => void;
}
