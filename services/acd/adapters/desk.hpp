// The switchboard on its owner thread, as the edges of the process use it.
#pragma once
#include <functional>

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

    void Start() override {
        mailbox_.Start([this] { return switchboard_.NextWakeUp(); }, [this] { switchboard_.OnTime(); });
    }
    void Stop() override { mailbox_.Stop(); }

 private:
    Mailbox& mailbox_;
    Switchboard& switchboard_;
};

}  // namespace trunkline::acd
