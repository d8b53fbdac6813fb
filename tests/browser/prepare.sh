#!/bin/sh
# What the browser tests need besides Python: taken from PATH, else installed as root from Debian.
#
#   prepare.sh        for tests/browser: Chromium, Node and axe-core
#   prepare.sh all    for tests/slow/browser, too: Firefox, WebKit with a screen, Java, the validator, and
#                     letters for Chinese, Japanese and Korean, without which words are too narrow to press
set -eu
all=${1:-}
packages=
need() { # program, and the package it is in
    command -v "$1" >/dev/null || packages="$packages $2"
}
# Chromium without its windows does the same work with a third of the processor.
if ! command -v chromium-headless-shell >/dev/null; then
    if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null; then
        apt-get update -qq
        DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends \
            chromium-headless-shell || need chromium chromium # which other systems have
    else
        need chromium chromium
    fi
fi
need node nodejs
need npm npm
if [ "$all" ]; then
    need firefox-esr firefox-esr
    need WebKitWebDriver webkit2gtk-driver
    need Xvfb xvfb
    need java default-jre-headless
    fc-list :lang=zh | grep -q . || packages="$packages fonts-wqy-microhei"
fi
if [ -n "$packages" ]; then
    if [ "$(id -u)" -ne 0 ] || ! command -v apt-get >/dev/null; then
        echo "The tests need more programs. Fix: sudo apt-get install$packages" >&2
        exit 3
    fi
    apt-get update -qq
    DEBIAN_FRONTEND=noninteractive apt-get install -y -qq --no-install-recommends $packages
fi
cd "$(dirname "$0")"
if [ "$all" ]; then
    extra=--include=dev # the validator
    [ -d node_modules/vnu-jar ] || rm -rf node_modules
else
    extra=--omit=dev
fi
[ node_modules/.package-lock.json -nt package-lock.json ] ||
    npm ci $extra --ignore-scripts --no-audit --no-fund --silent
