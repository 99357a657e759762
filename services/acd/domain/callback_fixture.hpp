// A queue that offers to call back by the key 9; nobody is ready.
#pragma once
#include "acd/domain/router_fixture.hpp"

namespace trunkline::acd {

class CallbackFixture : public RouterFixture {
 public:
    CallbackFixture() {
        QueueSettings queue;
        queue.id = QueueId("q");
        queue.outbound = {"carrier", "96166"};
        queue.keys['9'] = {KeyAction::kCallback, ""};
        queue.callbacks.retry_after = std::chrono::seconds(60);
        queue.callbacks.tries = 2;
        Do(QueuePut{queue});
    }
    void Change(void (*change)(QueueSettings&)) {
        QueueSettings queue = SettingsOf("q");
        change(queue);
        Do(QueuePut{queue});
    }
    static CallbackNumber NumberOf(const std::string& caller) { return {"138" + caller, "+86138" + caller}; }
    void Press(const std::string& contact, const std::string& caller = "00138000") {
        Do(KeyPressed{ContactId(contact), '9', NumberOf(caller), {{"language", "zh"}}});
    }
    void Say(const std::string& contact, const std::string& digits, const CallbackNumber& number = {}) {
        Do(CallerKeyed{ContactId(contact), digits, number, {{"topic", "ticket"}}});
    }
    // The caller of a waiting contact will be called back and hangs up; the id of the contact that is the first try.
    std::string AskBack(const std::string& contact, const std::string& caller = "00138000") {
        Press(contact, caller);
        Say(contact, "1");
        Do(ContactGone{ContactId(contact)});
        return TryId(contact, 1);
    }
    static std::string TryId(const std::string& callback, uint32_t number) {
        return ContactOfTry(CallbackId(callback), number).str();
    }
    const Callback& CallbackAt(const std::string& id) const { return router.callbacks().at(CallbackId(id)); }
    void AgentAnswers(const std::string& contact) { Do(LegAnswered{ContactId(contact), OfferLeg(contact)}); }
    void CustomerAnswers(const std::string& contact) { Do(CustomerAnswered{ContactId(contact)}); }
    void Key(const std::string& contact, const std::string& digits) { Do(CallbackKeyed{ContactId(contact), digits}); }
    void TryFails(const std::string& contact, const std::string& end) {
        Do(ContactGone{ContactId(contact), GoneReason::kSystemError, end});
    }
    std::string ResultOf() const { return Facts<CallbackEnded>().empty() ? "" : Facts<CallbackEnded>().back().result; }
};

}  // namespace trunkline::acd
