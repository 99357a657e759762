#!/bin/sh
# Asks a service whether it is ready: grpc.health.v1.Health/Check over mutual TLS, with nothing but curl.
# usage: health.sh FOLDER [HOST:PORT]
# FOLDER holds ca.pem, certificate.pem and key.pem of the asker; a service asks itself at the grpc.listen of its config.yaml.
# Prints "ready", "not serving" or "no answer"; exits 0 only when ready.
set -u
folder=$1
address=${2:-$(sed -n '/^grpc:/,/listen:/s/^ *listen: *//p' "$folder/config.yaml")}

# A gRPC message is one byte "not compressed", four bytes of length, then the message; the empty request is length 0.
# The answer's message is field 1 of HealthCheckResponse: 08 01 is SERVING (grpc/health/v1/health.proto).
answer=$(printf '\0\0\0\0\0' |
    curl --silent --max-time 2 --http2 --cacert "$folder/ca.pem" --cert "$folder/certificate.pem" --key "$folder/key.pem" \
        --header 'content-type: application/grpc' --header 'te: trailers' --data-binary @- \
        "https://$address/grpc.health.v1.Health/Check" | od -An -tx1 | tr -d ' \n')

case $answer in
    00000000020801) echo ready ;;
    0000000002*) echo "not serving" && exit 1 ;;
    *) echo "no answer" && exit 1 ;;
esac
