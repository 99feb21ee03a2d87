#!/bin/sh
# Install what the Neo4j and browser tests need, where this is root on Debian or Ubuntu and they lack; elsewhere those tests say what is missing.
set -eu
wanted=""
command -v java >/dev/null 2>&1 || wanted="$wanted openjdk-17-jre-headless"
command -v mvn >/dev/null 2>&1 || wanted="$wanted maven"
command -v chromium >/dev/null 2>&1 || command -v chromium-browser >/dev/null 2>&1 || wanted="$wanted chromium"
fc-list 2>/dev/null | grep -qi "noto.*cjk" || wanted="$wanted fontconfig fonts-noto-cjk"
[ -n "$wanted" ] || exit 0
if [ "$(id -u)" != 0 ] || ! command -v apt-get >/dev/null 2>&1; then
    echo "not installed, and this is not root with apt:$wanted (tests that need them are skipped)" >&2
    exit 0
fi
export DEBIAN_FRONTEND=noninteractive
apt-get update -qq
apt-get install -y -qq --no-install-recommends $wanted >/dev/null
