import { EventEmitter } from 'node:events';

/*
 * Loaded before the module of a utility process. Provides `process.parentPort`, which uses Node's IPC channel to the parent.
 */

const port = Object.assign(new EventEmitter(), { postMessage: (message: object) => void process.send?.(message) });
process.on('message', (data) => port.emit('message', { data, ports: [] }));
Reflect.set(process, 'parentPort', port);
