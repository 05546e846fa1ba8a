import { useEffect, useRef, useState } from 'react';
import { createRoot } from 'react-dom/client';

/** Connects to the service and scans on request. `template` is base64, once a scan is complete. */
function useFingerprintScanner(url, apiKey) {
	const socket = useRef(null);
	const [isAuthenticated, setAuthenticated] = useState(false);
	const [readers, setReaders] = useState([]);
	const [status, setStatus] = useState('Connecting');
	const [template, setTemplate] = useState();

	useEffect(() => {
		const send = (message) => connection.send(JSON.stringify(message));
		const handlers = {
			'auth:success': () => setAuthenticated(true),
			'auth:error': ({ message }) => setStatus(message),
			'device:connected': ({ device }) => setReaders((known) => [...known, device]),
			'device:disconnected': ({ deviceId }) => setReaders((known) => known.filter(({ id }) => id !== deviceId)),
			'scan:started': () => setStatus('Place your finger on the reader'),
			'scan:complete': (scan) => {
				setTemplate(scan.template);
				setStatus(`Scanned with quality ${scan.quality}`);
			},
			'scan:error': ({ message }) => setStatus(message),
			'scan:timeout': ({ message }) => setStatus(message),
			ping: () => send({ type: 'pong' }),
		};
		const connection = new WebSocket(url);
		connection.onopen = () => send({ type: 'auth', apiKey });
		connection.onmessage = ({ data }) => {
			const message = JSON.parse(data);
			handlers[message.type]?.(message);
		};
		connection.onclose = () => setAuthenticated(false);
		socket.current = connection;
		return () => connection.close(1000);
	}, [url, apiKey]);

	const scan = (deviceId) => socket.current.send(JSON.stringify({ type: 'scan:start', deviceId }));
	return { isAuthenticated, readers, status, template, scan };
}

function FingerprintScanner({ url, apiKey }) {
	const { isAuthenticated, readers, status, template, scan } = useFingerprintScanner(url, apiKey);
	return (
		<main>
			{readers.map(({ id, model }) => (
				<button key={id} type="button" disabled={!isAuthenticated} onClick={() => scan(id)}>
					Scan with {model} ({id})
				</button>
			))}
			<p role="status">{status}</p>
			{template !== undefined && <code>{template}</code>}
		</main>
	);
}

const root = document.getElementById('root');
createRoot(root).render(<FingerprintScanner {...root.dataset} />);
