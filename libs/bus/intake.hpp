// Takes messages off the socket as they come, so that ZeroMQ's own queue never fills: libzmq 4.3 aborts the process
// when a connection is replaced while it is stalled on a full queue (libzmq issue 3937).
#pragma once
#include <chrono>
#include <condition_variable>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>
#include <vector>
#include <zmq.hpp>

#include "trunkline/bus/v1/bus.pb.h"

namespace trunkline::bus {

// What has arrived and was not looked at yet, up to a limit; what is beyond is dropped, and Replay brings it. Safe from
// any thread.
class Mailbox {
 public:
    using Message = std::pair<zmq::message_t, zmq::message_t>;  // topic, body

    void Put(Message message);
    // Ends a Take that waits.
    void Ring();
    // Everything that has arrived; waits up to `limit` for something or for Ring.
    std::vector<Message> Take(std::chrono::milliseconds limit);

 private:
    std::mutex mutex_;
    std::condition_variable changed_;
    std::vector<Message> messages_;
    size_t bytes_ = 0;
    bool rung_ = false;
};

// Hands each fact and each heartbeat of a message to `accept`, whether it travels alone or many are in one. What does
// not parse is not ours; a fact among it would show as a hole.
template <class Accept>
void Open(const Mailbox::Message& message, Accept accept) {
    const auto& [topic, body] = message;
    const auto parses = [&data = body](auto& into) {
        return into.ParseFromArray(data.data(), static_cast<int>(data.size()));
    };
    v1::Heartbeat heartbeat;
    v1::ReplayResponse page;
    v1::Envelope fact;
    if (topic.to_string_view() == heartbeat.GetTypeName()) {
        if (parses(heartbeat)) accept(heartbeat);
    } else if (topic.to_string_view() == page.GetTypeName()) {
        if (!parses(page)) return;
        for (v1::Envelope& each : *page.mutable_events()) accept(each);
    } else if (parses(fact)) {
        accept(fact);
    }
}

// A SUB socket with a thread of its own.
class Intake {
 public:
    explicit Intake(std::shared_ptr<Mailbox> mailbox) : mailbox_(std::move(mailbox)) {}
    ~Intake() { Stop(); }
    Intake(const Intake&) = delete;
    Intake& operator=(const Intake&) = delete;

    // `address` is tcp://host:port; throws std::runtime_error when it has another form. Before Start.
    void Connect(const std::string& address);
    void Start();
    void Stop();

 private:
    void Run();

    const std::shared_ptr<Mailbox> mailbox_;
    zmq::context_t context_{1};
    zmq::socket_t socket_{context_, zmq::socket_type::sub};
    std::thread thread_;
};

}  // namespace trunkline::bus
