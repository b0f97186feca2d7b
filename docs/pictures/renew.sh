#!/usr/bin/env bash
# Renews the pictures of the README from the program as it is. Needs Chromium (STANCE_CHROMIUM names
# it) and a release build.
set -euo pipefail
cd "$(dirname "$0")/../.."

stance=target/release/stance
browser=${STANCE_CHROMIUM:-chromium}
scratch=$(mktemp -d)
trap 'kill "${server:-}" 2>/dev/null || true; rm -rf "$scratch"' EXIT

shoot() { # ADDRESS PICTURE HEIGHT
  "$browser" --headless --no-sandbox --disable-gpu --hide-scrollbars --virtual-time-budget=5000 \
    --blink-settings=primaryHoverType=2,availableHoverTypes=2,primaryPointerType=4,availablePointerTypes=4 \
    --window-size="1200,$3" --screenshot="docs/pictures/$2" "$1" 2>/dev/null >&2
}

"$stance" compare data/examples --chart docs/pictures/authors.png --output /dev/null
"$stance" report data/examples/lock-at-castrane.md --format html --output "$scratch/report.html"
shoot "file://$scratch/report.html" report.png 1100

"$stance" label data/examples --labels "$scratch/labels.csv" --annotator ann --no-open 2>"$scratch/said" &
server=$!
until address=$(grep --only-matching --max-count=1 'http://[^ ]*' "$scratch/said"); do sleep 0.2; done
shoot "$address" label.png 800
