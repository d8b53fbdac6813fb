#!/bin/sh
# What the suite needs besides Python: taken from PATH, else installed as root from Debian.
set -eu
missing=
for program in chromium node npm; do
    command -v "$program" >/dev/null || missing="$missing $program"
done
if [ -n "$missing" ]; then
    packages=$(echo "$missing" | sed 's/ node/ nodejs/')
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The tests need:$missing. Fix: sudo apt-get install$packages" >&2
        exit 3
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq $packages
fi
cd "$(dirname "$0")"
[ node_modules/.package-lock.json -nt package-lock.json ] ||
    npm ci --ignore-scripts --no-audit --no-fund --silent
