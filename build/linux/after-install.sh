#!/bin/sh
# Run as root by dpkg and rpm when the files are in place, after an upgrade, too. electron-builder fills in what stands in
# braces.
set -e
app='/opt/${sanitizedProductName}'

ln -sf "$app/${executable}" '/usr/bin/${executable}'

# Chromium's sandbox works by user namespaces; where users may not have them, this helper needs the rights of root.
if runuser -u nobody -- unshare --user true 2>/dev/null; then
	chmod 0755 "$app/chrome-sandbox"
else
	chmod 4755 "$app/chrome-sandbox"
fi

# Since Ubuntu 24.04, AppArmor allows user namespaces only to programs with a profile that says so. Older versions do
# not understand the profile, and do not need it.
profile="$app/resources/apparmor-profile"
if apparmor_status --enabled >/dev/null 2>&1 && apparmor_parser --skip-kernel-load "$profile" >/dev/null 2>&1; then
	cp -f "$profile" '/etc/apparmor.d/${executable}'
	ischroot 2>/dev/null || apparmor_parser --replace --write-cache --skip-read-cache '/etc/apparmor.d/${executable}' || true
fi

# Readers that are plugged in get their permissions now, others when they are plugged in.
if command -v udevadm >/dev/null; then
	udevadm control --reload || true
	udevadm trigger --subsystem-match=hidraw --subsystem-match=usb || true
fi
