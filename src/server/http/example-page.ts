/**
 * Returns a page that scans a finger: served at `/`, and with `localhost:8080` printed verbatim in the README.
 * The key comes in the fragment of the address, which browsers do not send to the server.
 */
export function examplePage(address: string): string {
	return `<!doctype html>
<meta charset="utf-8">
<title>Scan a finger</title>
<style>
  body { font: 16px/1.5 system-ui, sans-serif; max-width: 44rem; margin: 3rem auto; padding: 0 1rem; color: #222 }
  input, button { font: inherit; padding: 0.3rem 0.6rem } input { font-family: monospace }
  dt { font-weight: 600; margin-top: 0.8rem } dd { margin: 0; font: 13px/1.5 monospace; overflow-wrap: anywhere; color: #555 }
</style>
<h1>Scan a finger</h1>
<label>API key <input id="key" size="44" placeholder="ak_test_..."></label> <button id="scan">Scan</button>
<dl id="log" role="log"></dl>
<script>
  const [key, scan, log] = ['key', 'scan', 'log'].map((id) => document.getElementById(id));
  const show = (tag, text) => log.appendChild(document.createElement(tag)).append(text);
  key.value = location.hash.slice(1);
  scan.onclick = () => {
    scan.disabled = true;
    log.replaceChildren();
    const ws = new WebSocket('ws://${address}');
    const send = (message) => ws.send(JSON.stringify(message));
    ws.onopen = () => send({ type: 'auth', apiKey: key.value.trim() });
    ws.onclose = ({ code, reason }) => {
      show('dt', \`closed \${code} \${reason}\`);
      scan.disabled = false;
    };
    ws.onmessage = ({ data }) => {
      const { type, ...facts } = JSON.parse(data);
      show('dt', type);
      show('dd', JSON.stringify(facts));
      if (type === 'auth:success') send({ type: 'scan:start', deviceId: 'device-001' });
      if (['scan:complete', 'scan:error', 'scan:timeout'].includes(type)) ws.close(1000);
    };
  };
</script>
`;
}
