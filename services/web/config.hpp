// Settings of the gateway.
#pragma once
#include <map>
#include <string>

#include "bus/tail.hpp"
#include "service/host.hpp"
#include "web/adapters/http_server.hpp"
#include "web/adapters/rpc_handler.hpp"
#include "web/app/sessions.hpp"
#include "web/domain/event_ring.hpp"

namespace trunkline::web {

struct Config {
    service::HostConfig host;
    HttpSettings http;
    RpcSettings rpc;
    SessionSettings sessions;
    RingLimits ring;
    std::string files;                        // folder of the built front end
    std::map<std::string, std::string> grpc;  // "acd" -> host:port
    std::vector<bus::Source> sources;         // whose events are shown
};

// Throws config::ConfigError with the key's path.
Config LoadConfig(int argc, char** argv);

}  // namespace trunkline::web
