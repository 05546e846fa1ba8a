#!/bin/sh
# dpkg and rpm run this as root after installing or upgrading the files. electron-builder fills in the names.
set -e
app='/opt/${sanitizedProductName}'

ln -sf "$app/${executable}" '/usr/bin/${executable}'

# Chromium's sandbox uses user namespaces. When users may not create them, this helper must be setuid root.
if runuser -u nobody -- unshare --user true 2>/dev/null; then
	chmod 0755 "$app/chrome-sandbox"
else
	chmod 4755 "$app/chrome-sandbox"
fi

# Since Ubuntu 24.04, AppArmor allows user namespaces only to programs whose profile permits them. Older versions cannot
# parse the profile and do not need it.
profile="$app/resources/apparmor-profile"
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
	cp -f "$profile" '/etc/apparmor.d/${executable}'
	ischroot 2>/dev/null || apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
fi

# Apply the udev rules to readers that are already plugged in.
if command -v udevadm >/dev/null; then
	udevadm control --reload || true
	udevadm trigger --subsystem-match=hidraw --subsystem-match=usb || true
fi
