// Reading and writing a stream without blocking.
#include "sip/stream_connection.hpp"

#include <openssl/err.h>
#include <sys/epoll.h>
#include <sys/socket.h>
#include <unistd.h>

#include <array>

namespace trunkline::sip {

namespace {
constexpr size_t kMostQueued = 1 << 20;
constexpr size_t kReadAtOnce = 16384;
}  // namespace

StreamConnection::StreamConnection(Reactor& reactor, StreamOwner& owner, Start start, const TransportSettings& settings)
    : reactor_(reactor),
      owner_(owner),
      settings_(settings),
      peer_(std::move(start.peer)),
      descriptor_(start.descriptor),
      ssl_(std::move(start.ssl)),
      state_(start.connecting ? State::kConnecting
             : ssl_           ? State::kHandshaking
                              : State::kOpen),
      watched_(start.connecting ? EPOLLOUT : EPOLLIN),
      waiting_since_(reactor.timers().Now()),
      silence_(reactor.timers()) {
    peer_.connection = start.id;
    reactor_.Watch(descriptor_, watched_, [this](uint32_t events) { OnReady(events); });
    silence_.Start(settings_.first_message_within, [this] { OnSilence(); });
}

StreamConnection::~StreamConnection() {
    reactor_.Unwatch(descriptor_);
    ssl_.reset();
    close(descriptor_);
}

bool StreamConnection::Send(std::string_view bytes) {
    if (state_ == State::kClosed || output_.size() - written_ + bytes.size() > kMostQueued) return false;
    output_.append(bytes);
    if (state_ == State::kOpen && WriteSome() == Io::kFailed) {
        // Told later: the sender is still inside its own call.
        state_ = State::kClosed;
        silence_.Start(Duration::zero(), [this] { Fail(); });
        return true;
    }
    WatchFor();
    return true;
}

void StreamConnection::CloseWhenSent() {
    close_when_sent_ = true;
    if (written_ != output_.size()) return;
    state_ = State::kClosed;
    silence_.Start(Duration::zero(), [this] { Fail(); });
}

void StreamConnection::OnReady(uint32_t events) {
    if (state_ == State::kClosed) return;
    if (state_ == State::kConnecting && !FinishConnect()) return Fail();
    if (state_ == State::kHandshaking && !Handshake()) return Fail();
    if (state_ != State::kOpen) return WatchFor();
    if ((events & (EPOLLIN | EPOLLHUP | EPOLLERR)) != 0) {
        const Io read = ReadSome();
        const std::weak_ptr<bool> alive = alive_;
        const bool sound = TakeMessages();
        if (alive.expired()) return;
        if (!sound) return Fail();
        if (read == Io::kFailed) return EndInput();
    }
    if (WriteSome() == Io::kFailed) return Fail();
    if (close_when_sent_ && written_ == output_.size()) return Fail();
    WatchFor();
}

bool StreamConnection::FinishConnect() {
    int error = 0;
    socklen_t length = sizeof error;
    if (getsockopt(descriptor_, SOL_SOCKET, SO_ERROR, &error, &length) != 0 || error != 0) return false;
    state_ = ssl_ ? State::kHandshaking : State::kOpen;
    return true;
}

bool StreamConnection::Handshake() {
    ERR_clear_error();
    const int result = SSL_do_handshake(ssl_.get());
    wants_write_ = false;
    if (result == 1) {
        state_ = State::kOpen;
        return true;
    }
    const int error = SSL_get_error(ssl_.get(), result);
    wants_write_ = error == SSL_ERROR_WANT_WRITE;
    return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE;
}

StreamConnection::Io StreamConnection::ReadSome() {
    std::array<char, kReadAtOnce> buffer;
    for (;;) {
        // More than one message of the largest size is never held; the rest waits in the kernel.
        if (input_.size() > kMaxMessageBytes) return Io::kAgain;
        ssize_t count = 0;
        if (ssl_) {
            ERR_clear_error();
            count = SSL_read(ssl_.get(), buffer.data(), static_cast<int>(buffer.size()));
            if (count <= 0) {
                const int error = SSL_get_error(ssl_.get(), static_cast<int>(count));
                return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? Io::kAgain : Io::kFailed;
            }
        } else {
            count = recv(descriptor_, buffer.data(), buffer.size(), 0);
            if (count < 0) return errno == EAGAIN || errno == EINTR ? Io::kAgain : Io::kFailed;
            if (count == 0) return Io::kFailed;
        }
        if (input_.empty()) waiting_since_ = reactor_.timers().Now();
        input_.append(buffer.data(), static_cast<size_t>(count));
    }
}

bool StreamConnection::TakeMessages() {
    const std::weak_ptr<bool> alive = alive_;
    size_t taken = 0;
    while (taken < input_.size() && !close_when_sent_) {
        StreamParsed next = ParseStream(std::string_view(input_).substr(taken));
        if (next.consumed == 0) break;
        taken += next.consumed;
        waiting_since_ = reactor_.timers().Now();
        if (next.is_keep_alive) {
            Send("\r\n");
            continue;
        }
        had_message_ = had_message_ || next.parsed.verdict == Parsed::Verdict::kAccept;
        const bool close = next.parsed.close_stream;
        owner_.OnStreamMessage(std::move(next.parsed), peer_, next.consumed);
        if (alive.expired()) return false;
        if (close) close_when_sent_ = true;
    }
    input_.erase(0, taken);
    return input_.size() <= kMaxMessageBytes + kReadAtOnce;
}

StreamConnection::Io StreamConnection::WriteSome() {
    while (written_ < output_.size()) {
        const char* data = output_.data() + written_;
        const size_t left = output_.size() - written_;
        ssize_t count = 0;
        if (ssl_) {
            ERR_clear_error();
            count = SSL_write(ssl_.get(), data, static_cast<int>(left));
            if (count <= 0) {
                const int error = SSL_get_error(ssl_.get(), static_cast<int>(count));
                return error == SSL_ERROR_WANT_READ || error == SSL_ERROR_WANT_WRITE ? Io::kAgain : Io::kFailed;
            }
        } else {
            count = send(descriptor_, data, left, MSG_NOSIGNAL);
            if (count < 0) return errno == EAGAIN || errno == EINTR ? Io::kAgain : Io::kFailed;
        }
        written_ += static_cast<size_t>(count);
    }
    output_.clear();
    written_ = 0;
    return Io::kDone;
}

void StreamConnection::WatchFor() {
    const bool write = state_ == State::kConnecting || wants_write_ || (state_ == State::kOpen && !output_.empty());
    const uint32_t events = state_ == State::kConnecting ? EPOLLOUT : write ? EPOLLIN | EPOLLOUT : EPOLLIN;
    if (events == watched_) return;
    watched_ = events;
    reactor_.Modify(descriptor_, events);
}

void StreamConnection::OnSilence() {
    // A peer that never sent a message, or has one open, is given little time; one that works may rest.
    const bool rests = had_message_ && input_.empty() && state_ == State::kOpen;
    const Duration limit = rests ? settings_.idle_close : settings_.first_message_within;
    const Duration silent = reactor_.timers().Now() - waiting_since_;
    if (silent >= limit) return EndInput();
    silence_.Start(std::min(limit - silent, settings_.first_message_within), [this] { OnSilence(); });
}

void StreamConnection::EndInput() {
    const std::weak_ptr<bool> alive = alive_;
    if (!input_.empty() && state_ == State::kOpen) {
        owner_.OnStreamMessage(ParseTruncated(input_), peer_, input_.size());
        if (alive.expired()) return;
    }
    Fail();
}

void StreamConnection::Fail() {
    state_ = State::kClosed;
    owner_.OnStreamClosed(peer_.connection);  // destroys this
}

}  // namespace trunkline::sip
