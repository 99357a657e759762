// Somebody who works on orders with every kind of step, and writes down what was acknowledged.
#pragma once
#include <atomic>
#include <functional>
#include <map>
#include <memory>
#include <mutex>
#include <optional>
#include <string>

#include "trunkline/workorder/v1/workorder.grpc.pb.h"

namespace trunkline::workorder {

// The kind of step in which the service is to be killed; whoever is about to take one clears it.
struct Aim {
    std::atomic<int> step = v1::STEP_UNSPECIFIED;
};

// How far each order had come for sure.
class Ledger {
 public:
    struct Entry {
        int steps = 0;   // acknowledged, and those that other orders' steps wrote into it
        int echoes = 0;  // the latter alone
    };
    void Acknowledge(const std::string& order_id, bool echo = false) {
        const std::lock_guard lock(mutex_);
        Entry& entry = entries_[order_id];
        ++entry.steps;
        entry.echoes += echo ? 1 : 0;
    }
    // Once nobody works any more.
    const std::map<std::string, Entry>& entries() const { return entries_; }

 private:
    std::mutex mutex_;
    std::map<std::string, Entry> entries_;
};

// Used on one thread. Calls repeat until they are acknowledged or `stop` is set; the request id makes that safe.
class Clerk {
 public:
    Clerk(const std::string& address, std::string name, Aim& aim, const std::atomic<bool>& stop);

    using Fill = std::function<void(v1::TakeStepRequest&)>;
    std::optional<v1::Order> Create(const std::string& type_id);
    bool Take(const v1::Order& order, v1::Step step, const Fill& fill = {});
    // One order after the other, in every way there is, until it is stopped.
    void Work(Ledger& ledger);

 private:
    bool Repeat(const std::function<grpc::Status(grpc::ClientContext&)>& call);
    void MeetAim(v1::Step step);
    bool MakeCrew();
    // Steps of one order; false when stopped.
    bool LongWay();
    bool ShortWays();
    bool PairWay();
    bool IncidentWay();
    std::optional<v1::Order> Begin(const std::string& type_id);
    bool Do(const v1::Order& order, v1::Step step, const Fill& fill = {});

    std::unique_ptr<v1::WorkOrders::Stub> orders_;
    std::string address_;
    std::string name_;
    Aim& aim_;
    const std::atomic<bool>& stop_;
    Ledger* ledger_ = nullptr;
    int requests_ = 0;
};

}  // namespace trunkline::workorder
