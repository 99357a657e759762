#!/usr/bin/env bash
# The browser tests: pages on a stage of fixtures, then the main paths against the running suite. Pictures go to $WORK.
set -euo pipefail
here=$(cd "$(dirname "${BASH_SOURCE[0]}")" && pwd)
[[ -d $here/node_modules ]] || npm --prefix "$here" ci --silent
case $1 in
    pages) exec node "$here/pages_test.mjs" "$here/../../services/web/ui/dist" "${@:2}" ;;
    administrator) exec node "$here/administrator_test.mjs" "$2" ;;
    forms) exec node "$here/forms_test.mjs" "$here/../../services/web/ui/dist" ;;
    call_me) exec node "$here/call_me_test.mjs" "$2" ;;
    supervisor) exec node "$here/supervisor_test.mjs" "$2" ;;
    main) exec node "$here/main_path_test.mjs" "$2" ;;
    orders) exec node "$here/orders_test.mjs" "$2" ;;
    speed) exec node "$here/speed_test.mjs" "$here/../../services/web/ui/dist" ;;
esac
