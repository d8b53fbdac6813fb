#!/bin/sh
# What the suite needs besides Python: taken from PATH, else installed as root from Debian.
set -eu
missing=
for program in chromium; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
[ -z "$missing" ] && exit 0
if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
    echo "The tests need:$missing. Fix: sudo apt-get install$missing" >&2
    exit 3
fi
apt-get update -qq
DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $missing
