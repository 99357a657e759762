// What self service needs from outside: the live calls, the bus, the speaking of texts, and stores.
#pragma once
#include <cstdint>
#include <functional>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "clock/clock.hpp"
#include "ids/ids.hpp"
#include "ivr/domain/journey.hpp"
#include "result/result.hpp"

namespace trunkline::ivr {

// A call as commands name it; an old epoch is refused.
struct CallRef {
    CallId call;
    uint64_t epoch = 0;
};

using CallData = std::map<std::string, std::string>;

// Commands to the trunk gateway. They are sent in order, without waiting for an answer; while the link is down they are
// lost, and the snapshot of the next link puts things right. The attendant's thread.
class TrunkLink {
 public:
    virtual ~TrunkLink() = default;
    // No text may be left among the items of a prompt.
    virtual void Send(const CallRef& call, const std::string& command_id, const Command& command) = 0;
    // Merges entries into the call's attached data; an empty value removes its key.
    virtual void SetData(const CallRef& call, const CallData& data) = 0;
};

struct FlowVersion {
    std::string name;
    uint32_t version = 0;
    auto operator<=>(const FlowVersion&) const = default;
};

// Facts for the bus. Telling one again is harmless. Never blocks.
class FlowFacts {
 public:
    virtual ~FlowFacts() = default;
    virtual void Started(const ContactId& contact, const FlowVersion& flow, TimePoint at) = 0;
    virtual void Entered(const ContactId& contact, const FlowVersion& flow, const NodeEntry& entry, TimePoint at) = 0;
    virtual void Left(const ContactId& contact, const NodeExit& exit, TimePoint at) = 0;
    // `step` is the one at which it ended.
    virtual void Ended(const ContactId& contact, const std::string& flow, uint32_t step, EndReason reason,
                       TimePoint at) = 0;
};

// Prompts for live calls.
class LivePrompts {
 public:
    virtual ~LivePrompts() = default;
    // The prompt of a text that was spoken before. Any thread, never blocks.
    virtual std::optional<PromptId> Find(const Text& text) const = 0;
    // Speaks what was not spoken, makes sure that the gateway has all of it, then calls `done` on the attendant's
    // thread.
    virtual void Prepare(std::vector<PromptItem> items, std::function<void(bool prepared)> done) = 0;
};

// The customers' records, for live calls.
class Callers {
 public:
    virtual ~Callers() = default;
    // Calls `done` once on the attendant's thread, within 0.3 s; nothing: there was no answer in time.
    virtual void LookUp(const std::string& number, std::function<void(std::optional<CallerFacts>)> done) = 0;
};

using Bytes = std::vector<uint8_t>;

// Turns a text into a WAV file of 8 kHz, 16 bit, mono. Blocks for up to its time-out; safe from several threads.
class SpeechEngine {
 public:
    virtual ~SpeechEngine() = default;
    // Names engine and voices; another name means that texts have to be spoken anew.
    virtual std::string Name() const = 0;
    virtual Result<Bytes> Speak(const Text& text) = 0;
};

struct Prompt {
    PromptId id;
    uint32_t duration_millis = 0;
    Text text;          // empty: uploaded
    std::string title;  // of an uploaded one
};

// Prompts by content. Blocks on files, not on the database; safe from several threads.
class PromptShelf {
 public:
    virtual ~PromptShelf() = default;
    // Keeps a WAV file under the SHA-256 of its bytes and fills in id and duration. WAV_MALFORMED, WAV_UNSUPPORTED.
    virtual Result<Prompt> Keep(const Bytes& wav, Prompt prompt) = 0;
    virtual Result<Bytes> Read(const PromptId& id) = 0;
    // Forgets that this text was spoken; with `file` no other prompt has the same bytes, and they go too.
    virtual void Drop(const Prompt& prompt, bool file) = 0;
    // Every prompt that can be read. Waits for the database.
    virtual Result<std::vector<Prompt>> List() = 0;
};

// The gateway's own shelf. Blocks for an RPC; safe from several threads.
class PromptGateway {
 public:
    virtual ~PromptGateway() = default;
    virtual Status Put(const PromptId& id, const Bytes& wav) = 0;
    virtual Result<std::vector<PromptId>> FindMissing(const std::vector<PromptId>& ids) = 0;
};

// A published flow: the body as it was given (JSON) beside what it says.
struct StoredFlow {
    FlowVersion version;
    std::string body;
    std::string note;
    TimePoint published{};
    bool current = false;
};

// Immutable versions of flows. Blocks on the database; safe from several threads.
class FlowStore {
 public:
    virtual ~FlowStore() = default;
    // Stores the next version and makes it the current one.
    virtual Result<StoredFlow> Publish(const std::string& name, const std::string& body, const std::string& note,
                                       TimePoint now) = 0;
    // Makes an older version current again. kNotFound.
    virtual Result<StoredFlow> RollBack(const FlowVersion& version, TimePoint now) = 0;
    virtual Result<std::vector<StoredFlow>> List() = 0;
};

}  // namespace trunkline::ivr
