// One worker asks the self service; answers come back through the mailbox.
#include "acd/adapters/ivr_prompts.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"
#include "rpc/rpc.hpp"

namespace trunkline::acd {
namespace {

// Speaking a new text takes a synthesiser's time.
constexpr std::chrono::milliseconds kSpeakLimit{5000};
constexpr size_t kMostRequests = 256;
constexpr size_t kMostKnown = 4096;

}  // namespace

IvrPrompts::IvrPrompts(std::shared_ptr<grpc::Channel> channel, Mailbox& owner)
    : stub_(ivr::v1::Prompts::NewStub(std::move(channel))), owner_(owner) {}

IvrPrompts::~IvrPrompts() { Stop(); }

void IvrPrompts::Start() {
    thread_ = std::thread([this] { Loop(); });
}

void IvrPrompts::Stop() {
    {
        const std::lock_guard lock(mutex_);
        stopping_ = true;
    }
    changed_.notify_all();
    if (thread_.joinable()) {
        thread_.join();
    }
}

void IvrPrompts::Render(const std::string& text, const std::string& language, Done done) {
    Request request{{language, text}, std::move(done)};
    if (const auto found = known_.find(request.key); found != known_.end()) {
        request.done(found->second);
        return;
    }
    {
        const std::lock_guard lock(mutex_);
        if (requests_.size() < kMostRequests) {
            requests_.push_back(std::move(request));
            changed_.notify_all();
            return;
        }
    }
    request.done(std::nullopt);
}

void IvrPrompts::Loop() {
    std::unique_lock lock(mutex_);
    while (!stopping_) {
        if (requests_.empty()) {
            changed_.wait(lock, [this] { return stopping_ || !requests_.empty(); });
            continue;
        }
        Request request = std::move(requests_.front());
        requests_.pop_front();
        lock.unlock();
        Speak(std::move(request));
        lock.lock();
    }
}

void IvrPrompts::Speak(Request request) {
    ivr::v1::RenderPromptRequest question;
    question.set_language(request.key.first);
    question.set_text(request.key.second);
    ivr::v1::Prompt prompt;
    grpc::ClientContext context;
    rpc::SetDeadline(context, kSpeakLimit);
    const grpc::Status status = stub_->RenderPrompt(&context, question, &prompt);
    if (!status.ok()) {
        log::Warning("an announcement is left out", {{log::kPeer, "ivr"}, {log::kError, status.error_message()}});
    }
    owner_.Post([this, request = std::move(request), spoken = status.ok(), id = prompt.prompt_id()] {
        if (spoken) {
            if (known_.size() >= kMostKnown) {
                known_.clear();
            }
            known_[request.key] = id;
        }
        request.done(spoken ? std::optional(id) : std::nullopt);
    });
}

}  // namespace trunkline::acd
