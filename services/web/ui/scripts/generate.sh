#!/usr/bin/env bash
# Makes the typed client of every API and event from proto/ into src/gen, which is not committed.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")/.." && pwd)
proto=$(cd "${TRUNKLINE_PROTO:-$here/../../../proto}" && pwd)
output=$here/src/gen
staging=$output.new
rm -rf "$staging"
mkdir -p "$staging"
cd "$proto"
protoc -I . --plugin=protoc-gen-es="$here/node_modules/.bin/protoc-gen-es" --es_out="$staging" \
    --es_opt=target=ts $(find trunkline -name '*.proto' | sort)
rm -rf "$output"
mv "$staging" "$output"
