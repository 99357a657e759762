// The links of all applications: who is attached, and what each is told.
#pragma once
#include <functional>
#include <map>
#include <memory>
#include <string>

#include "trunk/adapters/link_stream.hpp"
#include "trunk/adapters/metrics.hpp"
#include "trunk/adapters/phone_book.hpp"
#include "trunk/adapters/sip_thread.hpp"
#include "trunk/app/call_controller.hpp"

namespace trunkline::trunk {

// On the SIP thread.
class ApplicationLinks final : public EventSink {
 public:
    ApplicationLinks(const PhoneBook& phones, const Clock& clock, Metrics& metrics)
        : phones_(phones), clock_(clock), metrics_(metrics) {}
    // Once, before anything is called. `later` runs a task on the SIP thread after what is under way.
    void Bind(CallController& calls, std::function<void(std::function<void()>)> later) {
        calls_ = &calls;
        later_ = std::move(later);
    }

    void Tell(const Call& call, const Event& event, TimePoint now) override;
    void TellRegistration(const std::string& phone, bool registered);

    // Every message of a stream; the first one is Hello.
    void OnMessage(const std::shared_ptr<LinkStream>& stream, const v1::AttachRequest& request);
    void OnClosed(const std::shared_ptr<LinkStream>& stream);

 private:
    struct Link {
        std::shared_ptr<LinkStream> stream;
        bool wants_registrations = false;
    };
    void Attach(const std::shared_ptr<LinkStream>& stream, const v1::Hello& hello);
    void Command(const std::shared_ptr<LinkStream>& stream, const v1::Command& message);
    void Push(const Link& link, v1::AttachResponse response, TimePoint now);
    void FlushSoon();

    const PhoneBook& phones_;
    const Clock& clock_;
    Metrics& metrics_;
    CallController* calls_ = nullptr;
    std::function<void(std::function<void()>)> later_;
    bool will_flush_ = false;
    std::map<std::string, Link> links_;  // by application
};

// trunkline.trunk.v1.CallControl.
class GrpcCallControl final : public v1::CallControl::CallbackService {
 public:
    GrpcCallControl(SipThread sip, ApplicationLinks& links) : sip_(sip), links_(links) {}
    grpc::ServerBidiReactor<v1::AttachRequest, v1::AttachResponse>* Attach(
        grpc::CallbackServerContext* context) override;

 private:
    SipThread sip_;
    ApplicationLinks& links_;
};

}  // namespace trunkline::trunk
