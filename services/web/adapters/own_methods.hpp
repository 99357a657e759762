// What the gateway answers itself: trunkline.web.v1 Access and Live.
#pragma once
#include "web/adapters/live_feed.hpp"
#include "web/adapters/rpc_exchange.hpp"
#include "web/adapters/session_keeper.hpp"

namespace trunkline::web {

// The cookie's name and attributes, by whether the request came over TLS.
std::string_view CookieName(bool secure);

class OwnMethods {
 public:
    OwnMethods(SessionKeeper& keeper, LiveFeed& feed) : keeper_(keeper), feed_(feed) {}

    Task<Outcome> Handle(const RpcCall& call, const google::protobuf::Message& request);
    size_t live_streams() const { return live_streams_; }

 private:
    Task<Outcome> LogIn(const RpcCall& call, const google::protobuf::Message& request);
    Task<Outcome> LogOut(const RpcCall& call);
    Task<Outcome> WhoAmI(const RpcCall& call);
    Task<Outcome> Subscribe(const RpcCall& call, const google::protobuf::Message& request);

    SessionKeeper& keeper_;
    LiveFeed& feed_;
    size_t live_streams_ = 0;
};

}  // namespace trunkline::web
