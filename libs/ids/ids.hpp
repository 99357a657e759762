// One strong type for each kind of id. Text form: UUID (RFC 9562), lower case, 36 characters.
#pragma once
#include <compare>
#include <functional>
#include <string>
#include <string_view>

namespace trunkline {

// A string id that does not mix with ids of another kind.
template <class Tag>
class Id {
 public:
    Id() = default;
    explicit Id(std::string text) : text_(std::move(text)) {}

    const std::string& str() const { return text_; }
    bool empty() const { return text_.empty(); }
    auto operator<=>(const Id&) const = default;

 private:
    std::string text_;
};

using CallId = Id<struct CallTag>;
using LegId = Id<struct LegTag>;
using ContactId = Id<struct ContactTag>;
using AgentId = Id<struct AgentTag>;
using QueueId = Id<struct QueueTag>;
using RecordingId = Id<struct RecordingTag>;
using OrderId = Id<struct OrderTag>;
using EventId = Id<struct EventTag>;

// Makes new ids. Injected, so that tests are repeatable.
class IdGenerator {
 public:
    virtual ~IdGenerator() = default;
    virtual std::string New() = 0;
};

// Time-ordered random ids: UUIDv7, RFC 9562 section 5.7. Safe from any thread.
class UuidGenerator final : public IdGenerator {
 public:
    std::string New() override;
};

// The same name always gives the same id: UUIDv5, RFC 9562 section 5.5, in Trunkline's own name space. Used for the ids
// of facts, so that a fact told twice is stored once.
std::string DerivedId(std::string_view name);

}  // namespace trunkline

template <class Tag>
struct std::hash<trunkline::Id<Tag>> {
    size_t operator()(const trunkline::Id<Tag>& id) const { return std::hash<std::string>{}(id.str()); }
};
