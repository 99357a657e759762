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
