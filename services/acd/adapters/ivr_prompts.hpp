// Announcements spoken by the self service, remembered by their text.
#pragma once
#include <grpcpp/grpcpp.h>

#include <condition_variable>
#include <deque>
#include <map>
#include <memory>
#include <mutex>
#include <string>
#include <thread>
#include <utility>

#include "acd/app/mailbox.hpp"
#include "acd/app/ports.hpp"
#include "service/host.hpp"
#include "trunkline/ivr/v1/ivr.grpc.pb.h"

namespace trunkline::acd {

class IvrPrompts final : public PromptSource, public service::Component {
 public:
    IvrPrompts(std::shared_ptr<grpc::Channel> channel, Mailbox& owner);
    ~IvrPrompts() override;

    // On the owner thread; answers at once when the text was spoken before. While the self service is away or busy the
    // announcement is left out.
    void Render(const std::string& text, const std::string& language, Done done) override;
    void Forget() override { known_.clear(); }

    void Start() override;
    void Stop() override;

 private:
    using Key = std::pair<std::string, std::string>;  // language and text
    struct Request {
        Key key;
        Done done;
    };
    void Loop();
    void Speak(Request request);

    std::unique_ptr<ivr::v1::Prompts::Stub> stub_;
    Mailbox& owner_;
    std::map<Key, std::string> known_;  // owner thread only
    std::mutex mutex_;
    std::condition_variable changed_;
    std::deque<Request> requests_;
    bool stopping_ = false;
    std::thread thread_;
};

}  // namespace trunkline::acd
