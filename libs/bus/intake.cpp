// The thread between ZeroMQ and the mailbox.
#include "bus/intake.hpp"

#include <stdexcept>

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::bus {
namespace {

constexpr size_t kMailboxBytes = 16 << 20;
constexpr int64_t kLargestMessage = 4 << 20;

}  // namespace

void Mailbox::Put(Message message) {
    {
        const std::lock_guard lock(mutex_);
        if (bytes_ >= kMailboxBytes) {
            return;
        }
        bytes_ += message.second.size() + sizeof message;
        messages_.push_back(std::move(message));
    }
    changed_.notify_one();
}

void Mailbox::Ring() {
    {
        const std::lock_guard lock(mutex_);
        rung_ = true;
    }
    changed_.notify_one();
}

std::vector<Mailbox::Message> Mailbox::Take(std::chrono::milliseconds limit) {
    std::unique_lock lock(mutex_);
    changed_.wait_for(lock, limit, [this] { return rung_ || !messages_.empty(); });
    rung_ = false;
    bytes_ = 0;
    return std::exchange(messages_, {});
}

void Intake::Connect(const std::string& address) {
    // No high-water mark and no ZMTP heartbeat: both lead to the abort named in the header.
    socket_.set(zmq::sockopt::rcvhwm, 0);
    socket_.set(zmq::sockopt::maxmsgsize, kLargestMessage);
    socket_.set(zmq::sockopt::linger, 0);
    // Notices within half a minute that a publisher's machine is gone.
    socket_.set(zmq::sockopt::tcp_keepalive, 1);
    socket_.set(zmq::sockopt::tcp_keepalive_idle, 10);
    socket_.set(zmq::sockopt::tcp_keepalive_intvl, 5);
    socket_.set(zmq::sockopt::tcp_keepalive_cnt, 3);
    socket_.set(zmq::sockopt::subscribe, "");
    try {
        socket_.connect(address);
    } catch (const zmq::error_t& error) {
        throw std::runtime_error("the bus address '" + address +
                                 "' is not of the form tcp://host:port: " + error.what());
    }
}

void Intake::Start() {
    thread_ = std::thread([this] { Run(); });
}

void Intake::Stop() {
    context_.shutdown();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void Intake::Run() {
    try {
        while (true) {
            Mailbox::Message message;
            (void)socket_.recv(message.first);
            bool more = message.first.more();
            const bool has_body = more;
            if (has_body) {
                (void)socket_.recv(message.second);
                more = message.second.more();
            }
            for (zmq::message_t surplus; more; more = surplus.more()) {
                (void)socket_.recv(surplus);
            }
            if (has_body) {
                mailbox_->Put(std::move(message));
            }
        }
    } catch (const zmq::error_t& error) {
        if (error.num() != ETERM) {
            log::Error("the bus socket failed", {{log::kError, error.what()}});
        }
    }
}

}  // namespace trunkline::bus
