#!/usr/bin/env bash
# Builds every image from the programs in build/bin and a base image made by debootstrap, brings docker-compose.yml up on
# an engine of its own, runs the demo and other checks against the containers, and takes everything down again. Needs
# root and Debian's docker.io, docker-compose and debootstrap; pulls no image. usage: containers.sh [--keep]
# Environment: TRUNKLINE_CONTAINERS (work folder), TRUNKLINE_PORT_BASE, TRUNKLINE_SIP_PORT.
set -euo pipefail
cd "$(dirname "$0")/../.."
work=${TRUNKLINE_CONTAINERS:-$PWD/build/containers}
export TRUNKLINE_PORT_BASE=${TRUNKLINE_PORT_BASE:-37000} TRUNKLINE_SIP_PORT=${TRUNKLINE_SIP_PORT:-36060}
export TRUNKLINE_BASE_IMAGE=trunkline-base:bookworm COMPOSE_PROJECT_NAME=trunkline DOCKER_BUILDKIT=0 COMPOSE_DOCKER_CLI_BUILD=0
export DOCKER_HOST=unix://$work/docker.sock
client=$work/client
keep=false
[[ ${1:-} == --keep ]] && keep=true

say() { printf '== %s (%d s)\n' "$1" "$SECONDS"; }

fail() {
    printf 'containers.sh: %s\n' "$1" >&2
    exit 1
}

# Images share their layers by overlay where the kernel lets us mount one; "vfs" copies them, slowly, and works anywhere.
storage_driver() {
    mkdir -p "$work"/probe/{lower,upper,inner,merged}
    if mount -t overlay overlay -o "lowerdir=$work/probe/lower,upperdir=$work/probe/upper,workdir=$work/probe/inner" \
        "$work/probe/merged" 2>/dev/null; then
        umount "$work/probe/merged"
        echo overlay2
    else
        echo vfs
    fi
}

# An engine apart from the machine's: own socket, own folders, no bridge, because every container uses the host's network.
start_engine() {
    mkdir -p "$work"
    dockerd --host "$DOCKER_HOST" --data-root "$work/data" --exec-root "$work/exec" --pidfile "$work/docker.pid" \
        --storage-driver="$(storage_driver)" --iptables=false --ip6tables=false --bridge=none >"$work/dockerd.log" 2>&1 &
    engine=$!
    for _ in $(seq 60); do
        docker version >/dev/null 2>&1 && return
        kill -0 $engine 2>/dev/null || fail "dockerd ended: $(tail -n 3 "$work/dockerd.log")"
        sleep 0.5
    done
    fail "dockerd did not answer in 30 s; see $work/dockerd.log"
}

stop_all() {
    local code=$?
    $keep && [[ $code -eq 0 ]] && return
    docker-compose down --volumes --timeout 20 >"$work/down.log" 2>&1 || true
    kill "$engine" 2>/dev/null || true
    wait "$engine" || true
    umount "$work/exec/netns/default" 2>/dev/null || true # the engine leaves it mounted
    exit $code
}

# Debian as debootstrap makes it, with the package sources of this machine, so that apt works inside as it does here.
make_base() {
    docker image inspect "$TRUNKLINE_BASE_IMAGE" >/dev/null 2>&1 && return
    if [[ ! -e $work/base/etc/debian_version ]]; then
        rm -rf "$work/base.new"
        debootstrap --variant=minbase bookworm "$work/base.new" "${TRUNKLINE_MIRROR:-http://deb.debian.org/debian}" \
            >"$work/debootstrap.log" || fail "debootstrap failed: $(tail -n 3 "$work/debootstrap.log")"
        rm -f "$work/base.new/etc/apt/sources.list"
        cp -r /etc/apt/sources.list* "$work/base.new/etc/apt/"
        mv "$work/base.new" "$work/base" # whole, or not at all
    fi
    tar -C "$work/base" --one-file-system -c . | docker import - "$TRUNKLINE_BASE_IMAGE" >/dev/null
}

# The files that a client on the host needs: suite.json, tlctl's certificate, the database's password.
fetch_client() {
    local container
    container=$(docker ps --all --quiet --filter label=com.docker.compose.service=files)
    rm -rf "$client" && mkdir -p "$client/services"
    docker cp "$container:/data/secrets" "$client/secrets"
    docker cp "$container:/data/services/tlctl" "$client/services/tlctl"
    sed -i "s#/etc/trunkline#$client/services/tlctl#" "$client/services/tlctl/config.yaml"
}

for program in dockerd docker docker-compose debootstrap; do
    command -v "$program" >/dev/null || fail "$program is missing; run: apt-get install docker.io docker-compose debootstrap"
done
[[ -x build/bin/trunk ]] || fail "build/bin/trunk is missing; run ./trunkline build"
start_engine
trap stop_all EXIT
say "engine is up"
make_base
say "base image is there"
docker-compose build >"$work/build.log" 2>&1 || fail "an image could not be built: $(tail -n 5 "$work/build.log")"
say "images are built"
docker-compose up --detach --no-build
say "containers are started"
fetch_client
./trunkline ready --data "$client"
say "every service is ready"
TRUNKLINE_SUITE=$client/suite.json TRUNKLINE_DATA=$client python3 tests/e2e/demo.py
say "the demo passed against the containers"
TRUNKLINE_SUITE=$client/suite.json python3 tests/e2e/prometheus_test.py \
    Prometheus.test_every_service_is_scraped Prometheus.test_every_service_says_which_build_it_is
TRUNKLINE_SUITE=$client/suite.json python3 tests/e2e/containers_test.py
say "every container is healthy and scraped, and an agent logs in over HTTPS"
