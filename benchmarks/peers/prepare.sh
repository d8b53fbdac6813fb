#!/bin/sh
# The peers that are not in Python, into a folder: from PATH, else installed as root from Debian.
set -eu
packages=
command -v hugo >/dev/null || packages="$packages hugo"
command -v node >/dev/null || packages="$packages nodejs"
command -v npm >/dev/null || packages="$packages npm"
if [ -n "$packages" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The benchmarks need more programs. Fix: sudo apt-get install$packages" >&2
        exit 3
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi
cp "$(dirname "$0")"/eleventy/package*.json "$1"
npm ci --prefix "$1" --ignore-scripts --no-audit --no-fund --silent
