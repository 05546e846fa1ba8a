/**
 * A page that scans a finger, for `/` of a running service and, with port 8080, word for word in the README.
 * The key comes in the fragment of the address, which browsers keep to themselves.
 */
export function examplePage(port: number): string {
	return `<!doctype html>
<meta charset="utf-8">
<title>Scan a finger</title>
<body style="font: 16px/1.5 system-ui; max-width: 40rem; margin: 3rem auto; padding: 0 1rem">
<h1>Scan a finger</h1>
<label>API key <input id="key" size="44" placeholder="ak_test_..."></label> <button id="scan">Scan</button>
<pre id="log" role="log" style="white-space: pre-wrap; overflow-wrap: anywhere"></pre>
<script>
  const [key, scan, log] = ['key', 'scan', 'log'].map((id) => document.getElementById(id));
  key.value = location.hash.slice(1);
  scan.onclick = () => {
    log.textContent = '';
    const ws = new WebSocket('ws://localhost:${port}');
    const send = (message) => ws.send(JSON.stringify(message));
    ws.onopen = () => send({ type: 'auth', apiKey: key.value.trim() });
    ws.onclose = ({ code, reason }) => log.append(\`closed: \${code} \${reason}\\n\`);
    ws.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      log.append(\`\${data}\\n\\n\`);
      if (message.type === 'auth:success') send({ type: 'scan:start', deviceId: 'device-001' });
      if (['scan:complete', 'scan:error', 'scan:timeout'].includes(message.type)) ws.close();
    };
  };
</script>
`;
}
