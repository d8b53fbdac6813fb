#!/bin/sh
# Runs a command in a network of its own, where root may have one, that ends with it.
# Firefox holds a small message back until the one before is acknowledged, and Linux waits 40 ms
# with that: there it is done at once. Everywhere else the tests only take longer.
network='ip link set lo up && ip route change table local local 127.0.0.1 dev lo src 127.0.0.1 quickack 1'
if unshare --net sh -c "$network" 2>/dev/null; then
    exec unshare --net sh -c "$network"' && exec "$@"' sh "$@"
fi
exec "$@"
