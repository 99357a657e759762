// A telephone side, a database and people for tests of the desk: calls live on when the desk dies, facts that were not
// flushed do not.
#pragma once
#include <algorithm>
#include <deque>
#include <map>
#include <memory>
#include <set>
#include <string>
#include <vector>

#include "acd/app/switchboard.hpp"
#include "testing/manual_clock.hpp"

namespace trunkline::acd {

// Every field of a fact as text, so that equal texts are equal facts.
std::string Describe(const Fact& fact);

// What is on disk outlives a desk; what waits for the group commit does not.
class FakeFacts final : public Facts {
 public:
    void Store(Batch batch) override {
        for (const Fact& fact : batch.facts) {
            waiting_.push_back(Describe(fact));
        }
        waiting_agents_.insert(waiting_agents_.end(), batch.agents.begin(), batch.agents.end());
        for (const Task& task : batch.tasks) {
            waiting_tasks_[task.contact.id] = task;
        }
        for (const ContactId& task : batch.gone_tasks) {
            waiting_tasks_[task] = std::nullopt;
        }
        waiting_callbacks_.insert(waiting_callbacks_.end(), batch.callbacks.begin(), batch.callbacks.end());
        for (const CallbackId& id : batch.forgotten_callbacks) {
            callbacks.erase(id);
        }
    }
    std::string Pack(const Fact& fact) const override { return Describe(fact); }
    void Retell(const std::string& packed) override { waiting_.push_back(packed); }

    void Flush() {
        for (const std::string& fact : waiting_) {
            // Of a wrap-up the first word counts, as its id does in the outbox; of others every word is compared.
            if (!fact.starts_with("wrap-up") || identities_.insert(fact.substr(0, IdentityEnd(fact))).second) {
                stored.insert(fact);
            }
        }
        for (const auto& [agent, status] : waiting_agents_) {
            const auto [row, fresh] = rows.try_emplace(agent, status);
            if (fresh || row->second.since <= status.since) {
                row->second = status;
            }
        }
        for (const auto& [id, task] : waiting_tasks_) {
            tasks.erase(id);
            if (task) {
                tasks[id] = *task;
            }
        }
        for (const Callback& callback : waiting_callbacks_) {
            callbacks[callback.id] = callback;
        }
        Lose();
    }
    void Lose() {
        waiting_.clear();
        waiting_callbacks_.clear();
        waiting_agents_.clear();
        waiting_tasks_.clear();
    }

    std::set<std::string> stored;
    std::map<AgentId, AgentStatus> rows;
    std::map<ContactId, Task> tasks;
    std::map<CallbackId, Callback> callbacks;

 private:
    // "wrap-up ended CONTACT PART ..."
    static size_t IdentityEnd(const std::string& fact) {
        size_t end = 0;
        for (int words = 0; words < 4; ++words) {
            end = fact.find(' ', end + 1);
        }
        return end;
    }

    std::set<std::string> identities_;
    std::vector<std::string> waiting_;
    std::vector<std::pair<AgentId, AgentStatus>> waiting_agents_;
    std::map<ContactId, std::optional<Task>> waiting_tasks_;
    std::vector<Callback> waiting_callbacks_;
};

class FakePrompts final : public PromptSource {
 public:
    void Render(const std::string& text, const std::string& /*language*/, Done done) override {
        texts.push_back(text);
        done(away ? std::nullopt : std::optional<std::string>("prompt:" + text));
    }
    void Forget() override { ++forgotten; }

    std::vector<std::string> texts;
    bool away = false;
    int forgotten = 0;
};

class FakeObserver final : public Observer {
 public:
    void OnDecided(Duration /*took*/) override { ++decided; }
    void OnFact(const Fact& /*fact*/) override {}
    void OnIllegal(const std::string& reason) override { illegal.push_back(reason); }
    void OnLink(bool up) override { link_up = up; }
    void OnState(const Router& /*router*/) override {}

    int decided = 0;
    bool link_up = false;
    std::vector<std::string> illegal;
};

// Owns the calls and obeys the orders that reach it.
class FakeTrunk final : public TrunkLink {
 public:
    explicit FakeTrunk(const Clock& clock) : clock_(clock) {}

    void Send(calls::Order order) override;

    // People.
    // `data` is more than the queue; with "answer" the call still rings.
    void Arrive(const std::string& contact, const std::string& queue, const calls::Data& data = {});
    void Answer(const std::string& phone);
    void Decline(const std::string& phone, const std::string& reason);
    void HangUp(const std::string& phone, const std::string& reason = "REMOTE_HANG_UP");
    void Leave(const std::string& contact);
    void Hold(const std::string& phone, bool held);
    // The customer keys this in: an answer when he was asked, otherwise one key.
    void Key(const std::string& contact, const std::string& digits);
    void Transfer(const std::string& phone, const std::string& target);

    calls::Event Snapshot() const;
    // The events since the last attach, oldest first; empty when nobody is attached.
    std::deque<calls::Event> events;
    std::vector<calls::Order> orders;
    std::set<std::string> dead_phones;  // dialling these is refused
    bool attached = false;
    std::map<ContactId, calls::Call> calls;

 private:
    template <class Body>
    void Tell(const calls::Call& call, Body body) {
        if (attached) {
            events.push_back({call.id, clock_.Now(), std::move(body)});
        }
    }
    struct Found {
        calls::Call* call;
        calls::Leg* leg;
    };
    Found FindLeg(const LegId& id);
    // The live leg of a phone.
    Found FindPhone(const std::string& phone);
    void EndLeg(const Found& found, const std::string& reason);
    void EndCall(const ContactId& contact, const std::string& reason);
    void Begin(const calls::Originate& own, const calls::Order& order);
    void Obey(const calls::Dial& dial, calls::Call& call, const calls::Order& order);
    void Obey(const calls::Bridge& bridge, calls::Call& call);

    const Clock& clock_;
    std::vector<calls::Call> ended_;
    std::map<LegId, std::string> phones_;
    std::map<ContactId, std::string> asked_;  // the command that waits for keys
};

// Everything together. Kill destroys the desk and what was not flushed; Start makes a new one from what is left.
class FakeWorld {
 public:
    FakeWorld() : trunk(clock) {}

    void Start();
    void Kill();
    // Delivers events until nothing more happens, with time where it is.
    void Settle();
    void Advance(Duration by) {
        clock.Advance(by);
        Settle();
    }
    // A request of a person, answered only when it is on disk.
    Status Request(const Event& event) {
        const Status done = desk->Request(event);
        Settle();
        facts.Flush();
        return done;
    }

    testing::ManualClock clock;
    FakeTrunk trunk;
    FakeFacts facts;
    FakePrompts prompts;
    FakeObserver observer;
    Settings settings;
    std::unique_ptr<Switchboard> desk;
};

}  // namespace trunkline::acd
