#!/bin/sh
# The browser and the readers of papers that the tests use: Debian's packages, installed when root.
set -eu
missing=""
command -v chromium >/dev/null 2>&1 || missing="$missing chromium"
command -v pdftoppm >/dev/null 2>&1 || missing="$missing poppler-utils"
# The same engine without a window opens pages sooner; where there is no such package, Chromium itself does.
quicker=""
command -v chromium-headless-shell >/dev/null 2>&1 || quicker="chromium-headless-shell"
[ -z "$missing$quicker" ] && exit 0
if [ "$(id -u)" -eq 0 ] && command -v apt-get >/dev/null 2>&1; then
    export DEBIAN_FRONTEND=noninteractive
    updated=yes
    apt-get update -q >/dev/null 2>&1 || updated=no
    # shellcheck disable=SC2086
    [ -z "$missing" ] || apt-get install -y -q --no-install-recommends $missing >/dev/null
    [ -z "$quicker" ] || [ "$updated" = no ] || apt-get install -y -q --no-install-recommends "$quicker" >/dev/null 2>&1 || true
elif [ -n "$missing" ]; then
    echo "Cần cài trước khi chạy kiểm thử: sudo apt-get install$missing" >&2
    exit 1
fi
