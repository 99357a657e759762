// Listening, and the one thread.
#include "web/adapters/http_server.hpp"

#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/post.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/steady_timer.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <stdexcept>

#include "clock/clock.hpp"
#include "log/keys.hpp"
#include "log/log.hpp"
#include "web/adapters/http_connection.hpp"

namespace trunkline::web {
namespace {

using asio::ip::tcp;
using boost::system::error_code;

constexpr std::chrono::milliseconds kPauseAfterFailure{50};

}  // namespace

HttpServer::HttpServer(HttpSettings settings, Handler& handler) : settings_(std::move(settings)), handler_(handler) {
    if (!settings_.https_listen.empty()) {
        LoadCertificate();
        https_port_ = Listen(settings_.https_listen, https_);
    }
    if (!settings_.http_listen.empty()) {
        http_port_ = Listen(settings_.http_listen, http_);
    }
}

HttpServer::~HttpServer() { HttpServer::Stop(); }

int HttpServer::Listen(const std::string& address, std::unique_ptr<Acceptor>& acceptor) {
    try {
        const size_t colon = address.rfind(':');
        const tcp::endpoint endpoint(asio::ip::make_address(address.substr(0, colon)),
                                     static_cast<unsigned short>(std::stoi(address.substr(colon + 1))));
        acceptor = std::make_unique<Acceptor>(context_, endpoint, true);
        return acceptor->local_endpoint().port();
    } catch (const std::exception& error) {
        throw std::runtime_error("cannot listen on " + address + ": " + error.what());
    }
}

void HttpServer::LoadCertificate() {
    try {
        tls_.set_options(asio::ssl::context::default_workarounds | asio::ssl::context::no_tlsv1 |
                         asio::ssl::context::no_tlsv1_1);
        tls_.use_certificate_chain_file(settings_.certificate);
        tls_.use_private_key_file(settings_.key, asio::ssl::context::pem);
    } catch (const std::exception& error) {
        throw std::runtime_error("https.certificate = " + settings_.certificate + ", https.key = " + settings_.key +
                                 " cannot be used: " + error.what());
    }
    // HTTP/1.1 is all that is spoken here; HTTP/2 comes with the proxy in front.
    SSL_CTX_set_alpn_select_cb(
        tls_.native_handle(),
        [](SSL*, const unsigned char** out, unsigned char* out_length, const unsigned char* in, unsigned length,
           void*) {
            static constexpr unsigned char kHttp11[] = "\x08http/1.1";
            unsigned char* chosen = nullptr;
            const int found = SSL_select_next_proto(&chosen, out_length, kHttp11, sizeof kHttp11 - 1, in, length);
            *out = chosen;
            return found == OPENSSL_NPN_NEGOTIATED ? SSL_TLSEXT_ERR_OK : SSL_TLSEXT_ERR_NOACK;
        },
        nullptr);
}

void HttpServer::Start() {
    if (http_) {
        asio::co_spawn(context_, Accept(*http_, false), asio::detached);
    }
    if (https_) {
        asio::co_spawn(context_, Accept(*https_, true), asio::detached);
    }
    thread_ = std::thread([this] {
        const auto work = asio::make_work_guard(context_);
        context_.run();
    });
}

Task<void> HttpServer::Accept(Acceptor& acceptor, bool tls) {
    asio::steady_timer pause(context_);
    while (acceptor.is_open() && !draining_) {
        error_code error;
        tcp::socket socket = co_await acceptor.async_accept(asio::redirect_error(asio::use_awaitable, error));
        if (error == asio::error::operation_aborted) {
            co_return;
        }
        if (error) {
            // Out of file descriptors, for one: it passes.
            pause.expires_after(kPauseAfterFailure);
            co_await pause.async_wait(asio::redirect_error(asio::use_awaitable, error));
            continue;
        }
        if (connections_ >= settings_.connections) {
            log::Warning("too many connections; one is closed", {{log::kCount, settings_.connections}});
            continue;
        }
        asio::co_spawn(context_, Serve(std::move(socket), tls), asio::detached);
    }
}

Task<void> HttpServer::Serve(tcp::socket socket, bool tls) {
    ++connections_;
    const ConnectionNeeds needs{settings_, handler_, draining_};
    try {
        if (tls) {
            co_await ServeTls(std::move(socket), tls_, needs);
        } else {
            co_await ServePlain(std::move(socket), needs);
        }
    } catch (const std::exception& error) {
        log::Error("a connection failed", {{log::kError, error.what()}});
    }
    --connections_;
}

void HttpServer::Drain(std::chrono::steady_clock::time_point deadline) {
    draining_ = true;
    asio::post(context_, [this] {
        error_code ignored;
        for (const auto& acceptor : {http_.get(), https_.get()}) {
            if (acceptor != nullptr) {
                acceptor->close(ignored);
            }
        }
    });
    // Idle connections would keep us for their whole time-out; those with a request under way get a moment.
    const SystemClock clock;
    const SteadyTime end = std::min<SteadyTime>(deadline, clock.SteadyNow() + std::chrono::milliseconds(500));
    while (connections_ > 0 && clock.SteadyNow() < end) {
        SleepFor(std::chrono::milliseconds(10));
    }
}

void HttpServer::Stop() {
    context_.stop();
    if (thread_.joinable()) {
        thread_.join();
    }
}

}  // namespace trunkline::web
