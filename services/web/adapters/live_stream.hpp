// Live/Subscribe: frames of the ring that the caller may see, and a heartbeat.
#pragma once
#include "trunkline/web/v1/web.pb.h"
#include "web/adapters/live_feed.hpp"
#include "web/adapters/rpc_exchange.hpp"
#include "web/adapters/session_keeper.hpp"

namespace trunkline::web {

Task<Outcome> StreamLive(const RpcCall& call, const v1::SubscribeRequest& request, SessionKeeper& keeper,
                         LiveFeed& feed);

}  // namespace trunkline::web
