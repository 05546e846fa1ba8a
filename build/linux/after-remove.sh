#!/bin/sh
# dpkg and rpm run this as root after removing the files. The data folders of users are kept.
set -e

# dpkg passes "remove" or "purge", rpm the number of versions that remain. Any other argument means an upgrade: nothing
# may be removed then, because rpm runs this script after it has set up the new version.
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
