import { EventEmitter } from 'node:events';

/*
 * Loaded before the module of a utility process: gives it `process.parentPort`, over Node's own channel to the owner.
 */

const port = Object.assign(new EventEmitter(), { postMessage: (message: object) => void process.send?.(message) });
process.on('message', (data) => port.emit('message', { data, ports: [] }));
Reflect.set(process, 'parentPort', port);
