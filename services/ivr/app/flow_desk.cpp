// Publishing of flows.
#include "ivr/app/flow_desk.hpp"

#include "log/keys.hpp"
#include "log/log.hpp"

namespace trunkline::ivr {

Status FlowDesk::Load() {
    auto stored = ports_.store.List();
    if (!stored) return stored.error();
    for (StoredFlow& each : *stored) {
        auto flow = ports_.parse(each.body);
        if (!flow) return flow.error();
        ports_.book.Put({std::move(each), std::make_shared<const Flow>(std::move(*flow))});
    }
    return {};
}

std::vector<Fault> FlowDesk::Check(const Flow& flow) const { return CheckFlow(flow, ports_.prompts.UploadedIds()); }

Result<StoredFlow> FlowDesk::Publish(Flow flow, const std::string& body, const std::string& note) {
    const auto faults = Check(flow);
    if (!faults.empty()) return Error{Code::kInvalidArgument, "FLOW_NOT_SOUND", Describe(faults)};
    std::vector<PromptId> prompts;
    for (const Text& text : flow.ConstantTexts()) {
        const auto prompt = ports_.prompts.Speak(text);
        if (!prompt) return prompt.error();
        prompts.push_back(prompt->id);
    }
    // A gateway that is away gets its prompts when it comes back.
    if (const auto pushed = ports_.prompts.Push(prompts); !pushed) {
        log::Warning("prompts not pushed yet", {{log::kError, pushed.error().message}});
    }
    auto stored = ports_.store.Publish(flow.name, body, note, ports_.clock.Now());
    if (stored) ports_.book.Put({*stored, std::make_shared<const Flow>(std::move(flow))});
    return stored;
}

Result<StoredFlow> FlowDesk::RollBack(const FlowVersion& version) {
    auto page = ports_.book.Find(version);
    if (!page) {
        return Error{Code::kNotFound, "UNKNOWN_FLOW_VERSION",
                     version.name + " has no version " + std::to_string(version.version)};
    }
    auto stored = ports_.store.RollBack(version, ports_.clock.Now());
    if (stored) ports_.book.Put({*stored, page->flow});
    return stored;
}

}  // namespace trunkline::ivr
