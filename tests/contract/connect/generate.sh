#!/usr/bin/env bash
# Makes JavaScript of the protos that the test uses, into gen/ (not kept in git).
set -euo pipefail
cd "$(dirname "$0")"
proto=../../../proto
mkdir -p gen
protoc -I "$proto" --plugin=node_modules/.bin/protoc-gen-es --es_out=gen --es_opt=target=js,import_extension=js \
    $(cd "$proto" && find trunkline -name '*.proto')
