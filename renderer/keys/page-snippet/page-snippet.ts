/**
 * Returns the HTML of an example page that scans a finger on the first reader.
 *
 * @param address of the service, such as `ws://localhost:8080`
 */
export function pageSnippet({ address, apiKey }: { address: string; apiKey: string }): string {
	return `<!doctype html>
<meta charset="utf-8">
<title>Scan a finger</title>
<button id="scan">Scan a finger</button>
<p id="status" role="status"></p>
<script>
  const button = document.getElementById('scan');
  const say = (text) => { document.getElementById('status').textContent = text; };

  button.onclick = () => {
    const socket = new WebSocket('${address}');
    const send = (message) => socket.send(JSON.stringify(message));
    const finish = (text) => { say(text); socket.close(1000); };
    button.disabled = true;
    say('Connecting');
    socket.onopen = () => send({ type: 'auth', apiKey: '${apiKey}' });
    socket.onerror = () => say('The fingerprint service does not answer');
    socket.onclose = () => { button.disabled = false; };
    socket.onmessage = ({ data }) => {
      const message = JSON.parse(data);
      switch (message.type) {
        case 'auth:success': return send({ type: 'devices:list' });
        case 'devices': {
          const [reader] = message.devices;
          if (!reader) return finish('No reader is plugged in');
          return send({ type: 'scan:start', deviceId: reader.id });
        }
        case 'scan:started': return say('Place a finger on the reader');
        // message.template is the fingerprint: an ISO/IEC 19794-2:2005 record in base64.
        case 'scan:complete': return finish('Done, quality ' + message.quality);
        case 'auth:error': case 'scan:error': case 'scan:timeout': return finish(message.message);
        case 'error': return finish(message.error);
      }
    };
  };
</script>
`;
}
