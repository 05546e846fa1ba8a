#!/bin/sh
# Run as root by dpkg and rpm when the files are gone. Data in the homes of users stays.
set -e

# dpkg says remove or purge, rpm how many versions are left; anything else is the end of an upgrade, where rpm runs
# this after the new version has been set up.
case "$1" in
	remove | purge | 0) ;;
	*) exit 0 ;;
esac

[ ! -L '/usr/bin/${executable}' ] || rm -f '/usr/bin/${executable}'

profile='/etc/apparmor.d/${executable}'
if [ -f "$profile" ]; then
	ischroot 2>/dev/null || apparmor_parser --remove "$profile" 2>/dev/null || true
	rm -f "$profile"
fi

if command -v udevadm >/dev/null; then
	udevadm control --reload || true
	udevadm trigger --subsystem-match=hidraw --subsystem-match=usb || true
fi
