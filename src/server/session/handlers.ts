import type { Principal } from '../../access/principal.ts';
import { decodeTemplateText, usableViews } from '../../biometrics/worker-engine.ts';
import type { DeviceRegistry } from '../../devices/device-registry.ts';
import type { VirtualControl } from '../../devices/virtual-control.ts';
import {
	type ClientMessage,
	type ClientMessageOf,
	type ClientMessageType,
	DEFAULT_SCAN_OPTIONS,
} from '../../protocol/client-messages.ts';
import { ServiceError, toServiceError } from '../../protocol/errors.ts';
import { fieldError } from '../../protocol/field-error.ts';
import type { Permission } from '../../protocol/permissions.ts';
import type { ServerMessage, VirtualAction } from '../../protocol/server-messages.ts';
import type { ScanOwner, ScanService } from '../../scans/scan-service.ts';
import { type Clock, timestamp } from '../../time/clock.ts';
import { canSee } from '../events/audience.ts';
import { toDeviceObject } from '../events/wire-devices.ts';

/** An authenticated client as the message handlers see it. */
export interface AuthenticatedClient {
	readonly id: string;
	readonly principal: Principal;
	readonly subscriptions: Set<string>;
	send(message: ServerMessage): void;
}

/** The parts of the service that handlers use. */
export interface HandlerPorts {
	readonly registry: DeviceRegistry;
	readonly scans: ScanService;
	/** `undefined` when the virtual readers are disabled. */
	readonly virtual: VirtualControl | undefined;
	readonly clock: Clock;
}

/** Handles one message type. Failures are thrown as `ServiceError`. */
interface Handler<T extends ClientMessageType> {
	/** The client needs one of these. */
	readonly permissions?: readonly Permission[];
	handle(message: ClientMessageOf<T>, client: AuthenticatedClient, ports: HandlerPorts): void | Promise<void>;
}

/** Every message of an authenticated client except `pong`, which the heartbeat handles. */
type HandledMessage = Exclude<ClientMessage, { type: 'pong' }>;

/** Handles one message of an authenticated client, most of them at once. Throws or rejects with the ServiceError to answer. */
export function handleMessage(
	message: HandledMessage,
	client: AuthenticatedClient,
	ports: HandlerPorts,
): void | Promise<void> {
	// The table pairs each type with its own handler, which TypeScript cannot infer through the union.
	const { permissions, handle } = HANDLERS[message.type] as Handler<ClientMessageType>;
	if (permissions !== undefined) requirePermission(client, permissions);
	return handle(message, client, ports);
}

/** Throws ServiceError UNAUTHORIZED naming the first permission unless the client has one of them. */
function requirePermission({ principal }: AuthenticatedClient, permissions: readonly Permission[]): void {
	if (permissions.some((one) => principal.permissions.includes(one))) return;
	const [permission] = permissions;
	throw new ServiceError('UNAUTHORIZED', {
		message: `This key lacks the permission ${permission}`,
		details: { permission },
	});
}

const HANDLERS: { readonly [T in HandledMessage['type']]: Handler<T> } = {
	auth: {
		handle: () => {
			throw new ServiceError('ALREADY_AUTHENTICATED');
		},
	},
	subscribe: {
		permissions: ['device:read'],
		handle: ({ deviceId }, client, { registry }) => {
			requireVisible(registry, client, deviceId);
			client.subscriptions.add(deviceId);
			client.send({ type: 'subscribe:success', deviceId, message: 'Subscribed to device events' });
		},
	},
	unsubscribe: {
		handle: ({ deviceId }, client) => {
			client.subscriptions.delete(deviceId);
			client.send({ type: 'unsubscribe:success', deviceId, message: 'Unsubscribed from device events' });
		},
	},
	'devices:list': {
		permissions: ['device:read'],
		handle: (_message, client, { registry, clock }) => {
			const devices = registry.list().filter((device) => canSee(client.principal, device.info));
			client.send({ type: 'devices', devices: devices.map(toDeviceObject), timestamp: timestamp(clock) });
		},
	},
	'scan:start': {
		permissions: ['fingerprint:scan'],
		handle: ({ deviceId, options }, client, { registry, scans }) => {
			if (options.image) requirePermission(client, ['fingerprint:image']);
			requireVisible(registry, client, deviceId);
			scans.start({ deviceId, options: { ...DEFAULT_SCAN_OPTIONS, ...options } }, ownerOf(client));
		},
	},
	'verify:start': {
		permissions: ['fingerprint:verify'],
		handle: ({ deviceId, template, templates, options }, client, { registry, scans }) => {
			requireVisible(registry, client, deviceId);
			const candidates = template === undefined ? readTemplates(templates ?? []) : [readTemplate(template, 'template')];
			scans.start({ deviceId, options: { ...DEFAULT_SCAN_OPTIONS, ...options }, candidates }, ownerOf(client));
		},
	},
	'scan:stop': {
		permissions: ['fingerprint:scan', 'fingerprint:verify'],
		handle: ({ scanId }, client, { scans }) => scans.stop(scanId, client.id),
	},
	ping: {
		handle: (_message, client, { clock }) => client.send({ type: 'pong', timestamp: timestamp(clock) }),
	},
	'virtual:touch': virtualReaderHandler(
		'touch',
		({ control, serialNumber }, { person, finger, condition, window, seed }) =>
			control.touch(serialNumber, { person, finger, condition, window, seed }),
	),
	'virtual:lift': virtualReaderHandler('lift', ({ control, serialNumber }) => control.lift(serialNumber)),
	'virtual:unplug': virtualReaderHandler('unplug', ({ control, serialNumber }) => control.unplug(serialNumber)),
	'virtual:plug': virtualReaderHandler('plug', ({ control, serialNumber }) => control.plug(serialNumber)),
	'virtual:fault': virtualReaderHandler('fault', ({ control, serialNumber }, { code }) =>
		control.fault(serialNumber, code === 1004 ? 'DEVICE_INIT_FAILED' : 'DEVICE_TIMEOUT'),
	),
};

function ownerOf({ id, principal }: AuthenticatedClient): ScanOwner {
	return { connectionId: id, keyId: principal.keyId };
}

function readTemplates(templates: readonly string[]): Uint8Array[] {
	return templates.map((template, index) => readTemplate(template, `templates.${index}`));
}

/** Decodes a template from a message. @throws ServiceError INVALID_MESSAGE naming the field and what is wrong with the record */
function readTemplate(base64: string, field: string): Uint8Array {
	try {
		const bytes = decodeTemplateText(base64);
		usableViews(bytes);
		return bytes;
	} catch (cause) {
		throw fieldError(field, toServiceError(cause).message, cause);
	}
}

function requireVisible(registry: DeviceRegistry, { principal }: AuthenticatedClient, deviceId: string): void {
	const device = registry.get(deviceId);
	if (device === undefined || !canSee(principal, device.info)) {
		throw new ServiceError('DEVICE_NOT_FOUND', { details: { deviceId } });
	}
}

/** One virtual reader and the port that controls it. */
interface VirtualReaderTarget {
	readonly control: VirtualControl;
	readonly serialNumber: string;
}

/** Returns the handler of one `virtual:*` message: it performs the action, then confirms it with `virtual:ok`. */
function virtualReaderHandler<A extends VirtualAction>(
	action: A,
	perform: (target: VirtualReaderTarget, message: ClientMessageOf<`virtual:${A}`>) => void | Promise<void>,
): Handler<`virtual:${A}`> {
	return {
		handle: async (message, client, ports) => {
			const { deviceId } = message;
			const target = requireVirtualReader(client, ports, deviceId);
			if (action !== 'plug') requireVisible(ports.registry, client, deviceId);
			await perform(target, message);
			client.send({ type: 'virtual:ok', deviceId, action });
		},
	};
}

/**
 * Finds a virtual reader, plugged in or not, for a client that may control it.
 *
 * @throws ServiceError UNAUTHORIZED, DEVICE_NOT_FOUND
 */
function requireVirtualReader(
	{ principal }: AuthenticatedClient,
	{ registry, virtual }: HandlerPorts,
	deviceId: string,
): VirtualReaderTarget {
	if (!canSee(principal, { isVirtual: true })) {
		throw new ServiceError('UNAUTHORIZED', { message: 'Virtual readers are for test keys and admins' });
	}
	const identity = registry.identify(deviceId);
	if (virtual === undefined || identity?.driver !== virtual.name) {
		throw new ServiceError('DEVICE_NOT_FOUND', { message: 'No such virtual reader', details: { deviceId } });
	}
	return { control: virtual, serialNumber: identity.serialNumber };
}
