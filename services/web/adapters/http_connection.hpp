// One connection: requests one after the other, until the peer or a limit ends it.
#pragma once
#include <atomic>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>

#include "web/adapters/http_server.hpp"

namespace trunkline::web {

struct ConnectionNeeds {
    const HttpSettings& settings;
    Handler& handler;
    const std::atomic<bool>& draining;
};

Task<void> ServePlain(asio::ip::tcp::socket socket, ConnectionNeeds needs);
Task<void> ServeTls(asio::ip::tcp::socket socket, asio::ssl::context& tls, ConnectionNeeds needs);

}  // namespace trunkline::web
