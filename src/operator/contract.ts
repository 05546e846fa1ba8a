import type { KeyEnvironment } from '../access/api-key.ts';
import type { MinutiaKind } from '../biometrics/worker-engine.ts';
import type { SettingEffect, SettingGroup } from '../config/setting.ts';
import type { ErrorName } from '../protocol/errors.ts';
import type { LogLevel } from '../protocol/log-levels.ts';
import type { Permission } from '../protocol/permissions.ts';
import type { QualityHint } from '../protocol/quality-hints.ts';
import type { DeviceStatus } from '../protocol/server-messages.ts';

/*
 * The complete list of what an operator can do and see, the same for every carrier. Apart from `OperatorFailure` it consists
 * of types of plain JSON. Times are ms since 1970 unless stated otherwise.
 */

/** A `ServiceError` as the operator receives it. */
export interface OperatorProblem {
	readonly error: ErrorName;
	/** As in the error table. */
	readonly code: number;
	/** One line in English: what happened and what to do. */
	readonly message: string;
	readonly retryable: boolean;
	/** Names the field, file, port and so on. For a refused `settings:write`, `fields` maps each wrong setting to what is allowed. */
	readonly details?: Readonly<Record<string, unknown>>;
}

export type ServiceState =
	| { readonly phase: 'stopped' }
	| { readonly phase: 'starting' }
	| {
			readonly phase: 'running';
			readonly since: number;
			/** Where pages connect, such as `ws://localhost:8080`; the first one is the one to show. */
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
	/** Why the reader does not work; set exactly while `status` is `error`. */
	readonly problem?: OperatorProblem;
	/** When it was last used for a scan in the current run. */
	readonly lastActivityAt?: number;
}

/** An authenticated client of the WebSocket API. */
export interface ConnectionView {
	readonly id: string;
	/** Name of its key, or `admin`. */
	readonly name: string;
	/** Absent for an admin. */
	readonly keyId?: string;
	/** Absent for a native program. */
	readonly origin?: string;
	readonly since: number;
	/** Ids of the readers it has subscribed to. */
	readonly readers: readonly string[];
}

export type { KeyEnvironment };

/** An API key without its secret. Times are ISO 8601, UTC. */
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
	/** Accurate to the minute. */
	readonly lastUsedAt?: string;
	readonly revokedAt?: string;
	/** The key that a rotation put in place of this one, which is valid until `expiresAt`. */
	readonly replacedBy?: string;
}

/** A key together with its secret, which is available only now. */
export interface IssuedKey {
	/** The secret, such as `ak_live_...`; shown once, stored nowhere. */
	readonly secret: string;
	readonly key: KeyView;
}

export type OriginDecision = 'allow' | 'block';

export interface OriginsState {
	/** Refused origins that wait for a decision, latest first. */
	readonly pending: readonly { readonly origin: string; readonly lastSeenAt: number; readonly attempts: number }[];
	readonly allowed: readonly string[];
	readonly blocked: readonly string[];
}

export type { SettingEffect, SettingGroup };

export type SettingValue = number | string | boolean | readonly string[];

interface SettingFacts {
	/** Section and name, such as `server.port`. */
	readonly field: string;
	readonly group: SettingGroup;
	/** When a change takes effect; in the desktop app never `program-start`. */
	readonly effect: SettingEffect;
	/** Few operators need it; it is in a section that is closed at first. */
	readonly isAdvanced: boolean;
	/** The environment variable that sets it, such as `FINGERPRINT_SERVER_PORT`. */
	readonly variable: string;
	/** English; used when the window has no text of its own. */
	readonly description: string;
	/** English: type, range and unit, such as "a whole number from 0 to 65535". */
	readonly allowed: string;
	/** Where the value comes from. A value from the environment or a flag cannot be changed in the window. */
	readonly source: 'default' | 'file' | 'environment' | 'flag';
}

/** One setting; `kind` names the type of `value` and `fallback`. */
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
	/** In display order; empty while `problem` is set. */
	readonly settings: readonly SettingView[];
	/** Fields whose changed value has not taken effect yet; their `effect` tells when it does. */
	readonly pending: readonly string[];
	/** Why the settings cannot be read. */
	readonly problem?: OperatorProblem;
}

/** One line of the log, redacted: no key, token, template or image. */
export interface LogLineView {
	/** Number of the entry since the program started, from 1; the lines of earlier runs, from the log files, end with 0. */
	readonly sequence: number;
	/** ISO 8601, UTC. */
	readonly timestamp: string;
	readonly level: LogLevel;
	/** The component that logged it, such as `DeviceRegistry`; empty for a line of the log file that is not a log entry. */
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
	/** Folder of settings, keys and logs. */
	readonly dataDir: string;
	readonly logsDir: string;
	/** Whether the service runs in the desktop app: then it can start at login, and a restart of the service can change its address. */
	readonly isDesktop: boolean;
}

export interface MinutiaView {
	/** Pixels from the left and the top of the image. */
	readonly x: number;
	readonly y: number;
	/** Direction of the ridge, degrees counter-clockwise from the right, 0..360. */
	readonly angle: number;
	readonly kind: MinutiaKind;
	/** 0..100 */
	readonly quality: number;
}

/** One touch, to show to the operator; the image is not stored. */
export interface TrialScan {
	/** The image as a PNG in base64. */
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
	/** False when no template could be extracted. */
	readonly isUsable: boolean;
}

/** A text file for support, without secrets. */
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
	/** A time in the future; default: never. */
	readonly expiresAt?: number;
	/** Default: any. */
	readonly origins?: string[];
}

type Nothing = Readonly<Record<string, never>>;

/** Input and result of each operation. A failure is an `OperatorProblem`. */
export interface OperatorCalls {
	/** The call succeeds even if the start fails: the phase is `failed` then, with the reason. */
	'service:start': { input: Nothing; result: ServiceState };
	'service:stop': { input: Nothing; result: ServiceState };
	/** Stops the service if it is running, then starts it, so that changed settings take effect. */
	'service:restart': { input: Nothing; result: ServiceState };
	'connection:close': { input: { readonly id: string }; result: null };
	'key:create': { input: NewKeyInput; result: IssuedKey };
	/** Closes its connections immediately. Also revokes the keys that it has replaced and whose overlap is not over. */
	'key:revoke': { input: { readonly id: string }; result: KeyView };
	/**
	 * Creates a key with the same name, permissions and origins. In the same write the old one is revoked, or stays valid for an overlap of
	 * 0 to 30 days, in ms; default 0.
	 */
	'key:rotate': { input: { readonly id: string; readonly overlapMs?: number }; result: IssuedKey };
	/** Takes effect immediately and is stored. Blocking closes the connections of the origin. */
	'origin:decide': { input: { readonly origin: string; readonly decision: OriginDecision }; result: OriginsState };
	/** Removes the decision: connections of an allowed origin close, and the next page of this origin waits for a decision again. */
	'origin:forget': { input: { readonly origin: string }; result: OriginsState };
	/**
	 * Values by field; null = default. If one value is wrong, nothing is written and `details.fields` names the wrong ones.
	 * `replaces` contains the values that the window showed when the operator edited them: if another window has changed one since,
	 * nothing is written and `details.reason` is `changed`. It is `address` if the service cannot listen on a new host or port.
	 */
	'settings:write': {
		input: {
			readonly values: Readonly<Record<string, SettingValue | null>>;
			readonly replaces?: Readonly<Record<string, SettingValue>>;
		};
		result: SettingsState;
	};
	/** Waits up to 30 s for a finger. Each window has at most one trial scan, which ends when the window closes. */
	'trial:scan': { input: { readonly deviceId: string }; result: TrialScan };
	/** Makes the waiting `trial:scan` fail with SERVICE_UNAVAILABLE, `details.reason` = `stopped`; does nothing without one. */
	'trial:stop': { input: Nothing; result: null };
	'support:bundle': { input: Nothing; result: SupportBundle };
}

export type OperatorOperation = keyof OperatorCalls;
export type InputOf<O extends OperatorOperation> = OperatorCalls[O]['input'];
export type ResultOf<O extends OperatorOperation> = OperatorCalls[O]['result'];

/** What an operator sees. Each event carries the complete value of a topic and replaces the one before. */
export interface OperatorTopics {
	about: AboutInfo;
	service: ServiceState;
	readers: readonly ReaderView[];
	connections: readonly ConnectionView[];
	/** Includes revoked keys, oldest first; not sent until the keys could be read. */
	keys: readonly KeyView[];
	origins: OriginsState;
	settings: SettingsState;
}

export type OperatorTopic = keyof OperatorTopics;

/** The value of a topic, or lines of the log: first the kept ones, then each new one. */
export type OperatorEvent =
	| { readonly [T in OperatorTopic]: { readonly topic: T; readonly value: OperatorTopics[T] } }[OperatorTopic]
	| { readonly topic: 'log'; readonly value: readonly LogLineView[] };

/** The operator's side of the service. A carrier only transports it to a window. */
export interface OperatorApi {
	/** Rejects with an `OperatorFailure`. */
	call<O extends OperatorOperation>(operation: O, input: InputOf<O>): Promise<ResultOf<O>>;
	/** Sends the current value of every topic and the kept log, then each change. @returns stops that */
	follow(listener: (event: OperatorEvent) => void): () => void;
}

/** The error with which a call rejects in a window. */
export class OperatorFailure extends Error {
	readonly problem: OperatorProblem;

	constructor(problem: OperatorProblem) {
		super(problem.message);
		this.name = 'OperatorFailure';
		this.problem = problem;
	}
}

/** The outcome of a call as plain JSON. */
export type OperatorReply =
	| { readonly ok: true; readonly result: unknown }
	| { readonly ok: false; readonly problem: OperatorProblem };

/*
 * The carrier over HTTP and WebSocket, for a service without a desktop app:
 *
 *     POST /console/session  {"ticket": "..."}  ->  200 {"token": "..."}, otherwise an `OperatorProblem`: 401, or 400
 *                                                   for a body that cannot be read
 *     WebSocket /console/socket: the first message is `auth`; after that the page sends calls and receives events
 *
 * The ticket is in the fragment of the link, can be used once, and is not sent anywhere else. The page keeps the token in
 * memory and receives new ones through the socket.
 */

/** A message from the page to the service. */
export type OperatorRequest =
	| { readonly type: 'auth'; readonly token: string }
	/** `id` counts the calls and checks of one connection. */
	| { readonly type: 'call'; readonly id: number; readonly operation: string; readonly input: unknown }
	/** Is answered with an empty reply. A window sends it to see that the program answers. */
	| { readonly type: 'check'; readonly id: number };

/** A message from the service to the page. A wrong token closes the socket with 4001, an expired one with 4005. */
export type OperatorMessage =
	/** Answers `auth`, and is sent again before the token expires: the token to use from now on. */
	| { readonly type: 'session'; readonly token: string }
	| ({ readonly type: 'reply'; readonly id: number } & OperatorReply)
	| { readonly type: 'event'; readonly event: OperatorEvent };

/** `window.operatorConsole`, which the preload script of the desktop app provides. */
export interface DesktopBridge {
	/** Resolves as soon as the main process answers. */
	check(): Promise<unknown>;
	call(operation: string, input: unknown): Promise<OperatorReply>;
	follow(listener: (event: OperatorEvent) => void): () => void;
}
