// The switchboard on its owner thread, as the edges of the process use it.
#pragma once
#include <algorithm>
#include <functional>
#include <iterator>
#include <vector>

#include "acd/app/mailbox.hpp"
#include "acd/app/switchboard.hpp"
#include "service/host.hpp"

namespace trunkline::acd {

class Desk final : public service::Component {
 public:
    Desk(Mailbox& mailbox, Switchboard& switchboard) : mailbox_(mailbox), switchboard_(switchboard) {}

    // Runs `question` with the switchboard on the owner thread and waits for its answer.
    template <class Question>
    auto Ask(Question question) {
        return mailbox_.Ask([this, question = std::move(question)] { return question(switchboard_); });
    }
    // The router's answer to an event that a person asked for.
    Status Request(const Event& event) {
        const auto status = Ask([event](Switchboard& desk) { return desk.Request(event); });
        return status.ok() ? *status : Status(status.error());
    }

    // Messages made of a table of the router's (a hash table), a piece at a time, so that whoever is routed meanwhile
    // never waits for long. `make` gives one, or nothing for what is not wanted. What comes or goes meanwhile may be in
    // it or not.
    template <class Message, class Table, class Make>
    Result<std::vector<Message>> Collect(Table table, Make make) {
        struct Piece {
            std::vector<Message> messages;
            size_t buckets = 0;
            size_t next = 0;
        };
        std::vector<Message> all;
        Piece before;
        do {
            auto piece = Ask([&, from = before.next](Switchboard& desk) {
                const auto& entries = table(desk.router());
                Piece made{{}, entries.bucket_count(), from};
                const size_t end = std::min(made.buckets, from + kBucketsAtOnce);
                for (; made.next < end && made.messages.size() < kMadeAtOnce; ++made.next) {
                    for (auto entry = entries.begin(made.next); entry != entries.end(made.next); ++entry) {
                        if (auto message = make(desk, entry->second)) {
                            made.messages.push_back(std::move(*message));
                        }
                    }
                }
                return made;
            });
            if (!piece.ok()) {
                return piece.error();
            }
            if (before.buckets != 0 && piece->buckets != before.buckets) {
                // It has grown meanwhile, and everything has another place.
                all.clear();
                before = {};
                continue;
            }
            std::move(piece->messages.begin(), piece->messages.end(), std::back_inserter(all));
            before = std::move(*piece);
        } while (before.buckets == 0 || before.next < before.buckets);
        return all;
    }

    void Start() override {
        mailbox_.Start([this] { return switchboard_.NextWakeUp(); }, [this] { switchboard_.OnTime(); });
    }
    void Stop() override { mailbox_.Stop(); }

 private:
    static constexpr size_t kBucketsAtOnce = 20'000;
    static constexpr size_t kMadeAtOnce = 200;

    Mailbox& mailbox_;
    Switchboard& switchboard_;
};

}  // namespace trunkline::acd
