// Boost.Beast at work, once for plain and once for TLS streams.
#include "web/adapters/http_connection.hpp"

#include <sys/socket.h>

#include <algorithm>
#include <array>
#include <boost/asio/co_spawn.hpp>
#include <boost/asio/detached.hpp>
#include <boost/asio/redirect_error.hpp>
#include <boost/asio/use_awaitable.hpp>
#include <boost/asio/write.hpp>
#include <boost/beast/core/flat_buffer.hpp>
#include <boost/beast/core/tcp_stream.hpp>
#include <boost/beast/http.hpp>
#include <boost/beast/ssl/ssl_stream.hpp>
#include <limits>
#include <optional>
#include <type_traits>

namespace trunkline::web {
namespace {

namespace beast = boost::beast;
using asio::ip::tcp;
using boost::system::error_code;

constexpr uint32_t kHeaderLimit = 16 << 10;
constexpr size_t kDiscardLimit = 256 << 10;
constexpr size_t kLingerLimit = 64 << 20;
constexpr char kTlsAlert = 0x15;  // the first byte of a record that closes the connection

auto Into(error_code& error) { return asio::redirect_error(asio::use_awaitable, error); }

template <class Stream>
class Connection final : public Responder, public std::enable_shared_from_this<Connection<Stream>> {
 public:
    static constexpr bool kTls = !std::is_same_v<Stream, beast::tcp_stream>;

    template <class... Arguments>
    Connection(ConnectionNeeds needs, tcp::socket socket, Arguments&... arguments)
        : needs_(needs), stream_(std::move(socket), arguments...) {}

    Task<void> Run();
    Task<Result<std::string>> ReadBody(size_t limit) override;
    Task<void> Send(Response response) override;
    Task<void> Begin(Response head) override;
    Task<bool> Write(std::string bytes) override;
    Task<void> End() override;
    void WatchPeer(std::function<void()> gone) override;

 private:
    using Parser = http::request_parser<http::string_body>;

    beast::tcp_stream& Lowest() { return beast::get_lowest_layer(stream_); }
    Task<bool> Handshake();
    Task<bool> ReadHead();
    Task<void> Discard();
    Task<void> Close();
    Request Describe(const http::request<http::string_body>& head) const;
    template <class Message>
    void Fill(Message& message, const Response& response);
    Task<void> Watch(std::function<void()> gone, std::shared_ptr<bool> wanted);

    const ConnectionNeeds needs_;
    Stream stream_;
    beast::flat_buffer buffer_{kHeaderLimit + kDiscardLimit};
    std::optional<Parser> parser_;
    bool body_read_ = false;
    bool keep_ = true;
    bool broken_ = false;
    bool chunked_ = false;
    bool unread_ = false;  // the peer may still be sending what nobody will read
    std::shared_ptr<bool> watching_;
};

template <class Stream>
Task<bool> Connection<Stream>::Handshake() {
    error_code error;
    if constexpr (kTls) {
        Lowest().expires_after(needs_.settings.transfer);
        co_await stream_.async_handshake(asio::ssl::stream_base::server, Into(error));
    }
    co_return !error;
}

template <class Stream>
Task<bool> Connection<Stream>::ReadHead() {
    parser_.emplace();
    parser_->header_limit(kHeaderLimit);
    parser_->body_limit(std::numeric_limits<uint64_t>::max());  // decided when the body is read
    body_read_ = false;
    Lowest().expires_after(needs_.settings.idle);
    error_code error;
    co_await http::async_read_header(stream_, buffer_, *parser_, Into(error));
    if (error && error != http::error::end_of_stream &&
        error.category() == http::make_error_code(http::error::bad_value).category()) {
        keep_ = false;
        body_read_ = true;
        Response answer = TextResponse(error == http::error::header_limit ? 431 : 400, "this is not an HTTP request\n");
        co_await Send(std::move(answer));
    }
    co_return !error;
}

template <class Stream>
Request Connection<Stream>::Describe(const http::request<http::string_body>& head) const {
    Request request{head.method(), std::string(head.target().data(), head.target().size()), head.base(), "", false, ""};
    error_code error;
    const auto peer = beast::get_lowest_layer(stream_).socket().remote_endpoint(error);
    request.client_address = error ? "" : peer.address().to_string();
    request.secure = kTls;
    const auto& trusted = needs_.settings.trusted_proxies;
    if (std::find(trusted.begin(), trusted.end(), request.client_address) == trusted.end()) {
        return request;
    }
    // The last one is what the trusted proxy itself has seen.
    if (const std::string_view forwarded = request.Header("X-Forwarded-For"); !forwarded.empty()) {
        std::string_view last =
            forwarded.substr(forwarded.rfind(',') == std::string_view::npos ? 0 : forwarded.rfind(',') + 1);
        last.remove_prefix(std::min(last.find_first_not_of(' '), last.size()));
        asio::ip::make_address(std::string(last), error);
        request.client_address = error ? request.client_address : std::string(last);
    }
    request.secure = request.secure || request.Header("X-Forwarded-Proto") == "https";
    return request;
}

template <class Stream>
Task<void> Connection<Stream>::Run() {
    const auto self = this->shared_from_this();
    Lowest().socket().set_option(tcp::no_delay(true));
    if (!co_await Handshake()) {
        co_return;
    }
    while (keep_ && !broken_) {
        if (!co_await ReadHead()) {
            break;
        }
        const auto& head = parser_->get();
        keep_ = head.keep_alive() && !needs_.draining;
        const Request request = Describe(head);
        co_await needs_.handler.Handle(request, *this);
    }
    co_await Close();
}

template <class Stream>
Task<Result<std::string>> Connection<Stream>::ReadBody(size_t limit) {
    body_read_ = true;
    error_code error;
    Lowest().expires_after(needs_.settings.transfer);
    const auto length = parser_->content_length();
    if (length && *length > limit) {
        body_read_ = false;
        co_return Error{Code::kResourceExhausted, "BODY_TOO_LARGE",
                        "the request is larger than " + std::to_string(limit) + " bytes"};
    }
    if (beast::iequals(parser_->get()[http::field::expect], "100-continue")) {
        static const std::string kContinue = "HTTP/1.1 100 Continue\r\n\r\n";
        co_await asio::async_write(stream_, asio::buffer(kContinue), Into(error));
    }
    parser_->body_limit(limit);
    co_await http::async_read(stream_, buffer_, *parser_, Into(error));
    if (error == http::error::body_limit) {
        keep_ = false;
        co_return Error{Code::kResourceExhausted, "BODY_TOO_LARGE",
                        "the request is larger than " + std::to_string(limit) + " bytes"};
    }
    if (error) {
        keep_ = false;
        co_return Error{Code::kInvalidArgument, "BODY_INCOMPLETE", "the body of the request did not come whole"};
    }
    co_return std::move(parser_->get().body());
}

// An answer before the body was read: what is left must not be taken for the next request.
template <class Stream>
Task<void> Connection<Stream>::Discard() {
    if (body_read_ || parser_->is_done()) {
        co_return;
    }
    body_read_ = true;
    const auto length = parser_->content_length();
    if (!length || *length > kDiscardLimit || !parser_->get()[http::field::expect].empty()) {
        keep_ = false;
        unread_ = true;
        co_return;
    }
    parser_->body_limit(kDiscardLimit);
    error_code error;
    co_await http::async_read(stream_, buffer_, *parser_, Into(error));
    keep_ = keep_ && !error;
}

template <class Stream>
template <class Message>
void Connection<Stream>::Fill(Message& message, const Response& response) {
    message.version(11);
    message.result(static_cast<unsigned>(response.status));
    for (const auto& [name, value] : response.headers) {
        message.insert(name, value);
    }
    message.keep_alive(keep_);
}

template <class Stream>
Task<void> Connection<Stream>::Send(Response response) {
    co_await Discard();
    http::response<http::span_body<const char>> message;
    const bool head_only = parser_->get().method() == http::verb::head;
    const std::string_view body = response.body ? std::string_view(*response.body) : std::string_view();
    Fill(message, response);
    message.body() = boost::beast::span<const char>(body.data(), body.size());
    message.content_length(body.size());
    if (response.status == 304 || response.status == 204) {
        message.content_length(boost::none);
    }
    Lowest().expires_after(needs_.settings.transfer);
    error_code error;
    http::response_serializer<http::span_body<const char>> serializer{message};
    if (head_only) {
        co_await http::async_write_header(stream_, serializer, Into(error));
    } else {
        co_await http::async_write(stream_, serializer, Into(error));
    }
    broken_ = broken_ || error;
}

template <class Stream>
Task<void> Connection<Stream>::Begin(Response head) {
    co_await Discard();
    chunked_ = parser_->get().version() >= 11;
    keep_ = keep_ && chunked_;
    http::response<http::empty_body> message;
    Fill(message, head);
    message.chunked(chunked_);
    Lowest().expires_after(needs_.settings.transfer);
    http::response_serializer<http::empty_body> serializer{message};
    error_code error;
    co_await http::async_write_header(stream_, serializer, Into(error));
    broken_ = broken_ || error;
}

template <class Stream>
Task<bool> Connection<Stream>::Write(std::string bytes) {
    if (broken_ || bytes.empty()) {
        co_return !broken_;
    }
    Lowest().expires_after(needs_.settings.transfer);
    error_code error;
    if (chunked_) {
        co_await asio::async_write(stream_, http::make_chunk(asio::buffer(bytes)), Into(error));
    } else {
        co_await asio::async_write(stream_, asio::buffer(bytes), Into(error));
    }
    broken_ = broken_ || error;
    co_return !broken_;
}

template <class Stream>
Task<void> Connection<Stream>::End() {
    if (watching_) {
        *watching_ = false;
        watching_.reset();
        error_code ignored;
        Lowest().socket().cancel(ignored);
    }
    if (broken_ || !chunked_) {
        co_return;
    }
    Lowest().expires_after(needs_.settings.transfer);
    error_code error;
    co_await asio::async_write(stream_, http::make_chunk_last(), Into(error));
    broken_ = broken_ || error;
}

template <class Stream>
void Connection<Stream>::WatchPeer(std::function<void()> gone) {
    watching_ = std::make_shared<bool>(true);
    asio::co_spawn(Lowest().get_executor(), Watch(std::move(gone), watching_), asio::detached);
}

// Readable without data means closed. Data in clear is a request that came early and may wait; under TLS it is
// the other side's farewell, unless it begins like something else.
template <class Stream>
Task<void> Connection<Stream>::Watch(std::function<void()> gone, std::shared_ptr<bool> wanted) {
    const auto self = this->shared_from_this();
    error_code error;
    co_await Lowest().socket().async_wait(tcp::socket::wait_read, Into(error));
    if (!*wanted) {
        co_return;
    }
    char first = 0;
    const auto seen = ::recv(Lowest().socket().native_handle(), &first, 1, MSG_PEEK | MSG_DONTWAIT);
    if (error || seen == 0 || (kTls && seen == 1 && first == kTlsAlert)) {
        broken_ = true;
        gone();
    }
}

template <class Stream>
Task<void> Connection<Stream>::Close() {
    error_code error;
    if constexpr (kTls) {
        if (!broken_) {
            Lowest().expires_after(std::chrono::seconds(2));
            co_await stream_.async_shutdown(Into(error));
        }
    }
    Lowest().socket().shutdown(tcp::socket::shutdown_send, error);
    // A peer that still sends would be told of a broken connection instead of the answer, so it may go on for a moment.
    std::array<char, 16 << 10> rest;
    Lowest().expires_after(std::chrono::seconds(2));
    for (size_t left = kLingerLimit; unread_ && !error && left > rest.size(); left -= rest.size()) {
        co_await Lowest().async_read_some(asio::buffer(rest), Into(error));
    }
    Lowest().close();
}

}  // namespace

Task<void> ServePlain(tcp::socket socket, ConnectionNeeds needs) {
    const auto connection = std::make_shared<Connection<beast::tcp_stream>>(needs, std::move(socket));
    co_await connection->Run();
}

Task<void> ServeTls(tcp::socket socket, asio::ssl::context& tls, ConnectionNeeds needs) {
    const auto connection =
        std::make_shared<Connection<beast::ssl_stream<beast::tcp_stream>>>(needs, std::move(socket), tls);
    co_await connection->Run();
}

}  // namespace trunkline::web
