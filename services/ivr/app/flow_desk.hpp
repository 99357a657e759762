// Publishing of flows: check, speak the texts, store, and give the version to new calls.
#pragma once
#include <functional>
#include <memory>
#include <string>
#include <vector>

#include "ivr/app/flow_book.hpp"
#include "ivr/app/prompt_desk.hpp"
#include "ivr/domain/check.hpp"

namespace trunkline::ivr {

// Reads the JSON form of a flow.
using FlowParser = std::function<Result<Flow>(const std::string& body)>;

// Blocks on the database and on speech; safe from several threads.
class FlowDesk {
 public:
    struct Ports {
        FlowStore& store;
        PromptDesk& prompts;
        FlowBook& book;
        const Clock& clock;
        FlowParser parse;
    };

    explicit FlowDesk(Ports ports) : ports_(std::move(ports)) {}

    // Fills the book from the store.
    Status Load();
    std::vector<Fault> Check(const Flow& flow) const;
    // kInvalidArgument FLOW_NOT_SOUND with every fault in the message; SPEECH_FAILED when a text cannot be spoken.
    Result<StoredFlow> Publish(Flow flow, const std::string& body, const std::string& note);
    Result<StoredFlow> RollBack(const FlowVersion& version);

 private:
    Ports ports_;
};

}  // namespace trunkline::ivr
