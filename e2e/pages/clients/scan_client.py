"""Scans one finger and prints its template in base64.

Usage: scan_client.py URL API_KEY [DEVICE_ID]
Needs the package websockets, version 10 or later.
"""

import asyncio
import json
import sys

import websockets


class ScanFailed(Exception):
    """The service refused the key, or the scan ended without a template."""


async def scan(url, api_key, device_id):
    """Returns the `scan:complete` message of one scan."""
    async with websockets.connect(url) as socket:

        async def send(**message):
            await socket.send(json.dumps(message))

        await send(type="auth", apiKey=api_key)
        async for text in socket:
            message = json.loads(text)
            kind = message["type"]
            if kind == "ping":
                await send(type="pong")
            elif kind == "auth:success":
                await send(type="scan:start", deviceId=device_id)
            elif kind == "scan:complete":
                return message
            elif kind in ("auth:error", "scan:error", "scan:timeout"):
                raise ScanFailed(message["message"])
    raise ScanFailed("The service closed the connection")


def main(url, api_key, device_id="device-001"):
    try:
        result = asyncio.run(scan(url, api_key, device_id))
    except (OSError, ScanFailed, websockets.WebSocketException) as error:
        sys.exit(f"error: {error}")
    print(f"quality {result['quality']}")
    print(result["template"])


if __name__ == "__main__":
    main(*sys.argv[1:])
