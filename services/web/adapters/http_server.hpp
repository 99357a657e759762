// The listeners and connections: HTTP/1.1, with and without TLS, on one thread that owns everything of the gateway.
#pragma once
#include <boost/asio/io_context.hpp>
#include <boost/asio/ip/tcp.hpp>
#include <boost/asio/ssl/context.hpp>
#include <memory>
#include <string>
#include <thread>
#include <vector>

#include "service/host.hpp"
#include "web/adapters/http_types.hpp"

namespace trunkline::web {

struct HttpSettings {
    std::string http_listen;                   // host:port without TLS: loopback, or behind a proxy; empty: none
    std::string https_listen;                  // host:port with TLS; empty: none
    std::string certificate;                   // PEM, chain first
    std::string key;                           // PEM
    std::vector<std::string> trusted_proxies;  // addresses whose X-Forwarded-* are believed
    int connections = 4096;
    std::chrono::milliseconds idle{75'000};      // between requests
    std::chrono::milliseconds transfer{30'000};  // for reading a body, or writing one piece of an answer
};

class HttpServer final : public service::Component {
 public:
    // Throws std::runtime_error naming the address or file that cannot be used.
    HttpServer(HttpSettings settings, Handler& handler);
    ~HttpServer() override;

    asio::io_context& context() { return context_; }
    // Ports in the order http, https; 0 when there is none. Valid after construction.
    int http_port() const { return http_port_; }
    int https_port() const { return https_port_; }
    int connections() const { return connections_; }

    void Start() override;
    void Drain(std::chrono::steady_clock::time_point deadline) override;
    void Stop() override;

 private:
    using Acceptor = asio::ip::tcp::acceptor;
    int Listen(const std::string& address, std::unique_ptr<Acceptor>& acceptor);
    void LoadCertificate();
    Task<void> Accept(Acceptor& acceptor, bool tls);
    Task<void> Serve(asio::ip::tcp::socket socket, bool tls);

    const HttpSettings settings_;
    Handler& handler_;
    asio::io_context context_{1};
    asio::ssl::context tls_{asio::ssl::context::tls_server};
    std::unique_ptr<Acceptor> http_;
    std::unique_ptr<Acceptor> https_;
    int http_port_ = 0;
    int https_port_ = 0;
    std::atomic<int> connections_{0};
    std::atomic<bool> draining_{false};
    std::thread thread_;
};

}  // namespace trunkline::web
