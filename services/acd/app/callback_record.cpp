// A callback as text, for its row and for the call that asked for it.
#include <algorithm>

#include "acd/app/checkpoint.hpp"
#include "acd/app/record.hpp"

namespace trunkline::acd {
namespace {

constexpr const char* kDataPrefix = "data.";
constexpr uint64_t kStates = 3;

}  // namespace

std::string PackCallback(const Callback& callback) {
    RecordWriter record;
    record.Put("id", callback.id.str());
    record.Put("dial", callback.number.dial);
    record.Put("key", callback.number.key);
    record.Put("queue", callback.queue.str());
    record.Put("state", static_cast<uint64_t>(callback.state));
    record.Put("language", callback.language);
    record.Put("priority", callback.priority);
    record.Put("arrived", callback.arrived);
    record.Put("queued", callback.queued);
    record.Put("asked", callback.asked);
    record.Put("expires", callback.expires);
    record.Put("contacts", callback.contacts);
    record.Put("tries", callback.tries);
    record.Put("last", callback.last);
    record.Put("wakes", callback.wakes);
    record.Put("result", callback.result);
    record.Put("version", callback.version);
    std::string names;
    for (const auto& [name, value] : callback.data) {
        record.Put(kDataPrefix + name, value);
        names += (names.empty() ? "" : ",") + name;
    }
    record.Put("data", names);
    return record.text();
}

Result<Callback> UnpackCallback(const std::string& text) {
    const RecordReader record(text);
    const uint64_t state = record.Number("state");
    if (!record.Has("id") || !record.Has("queue") || state >= kStates) {
        return Error{Code::kInvalidArgument, "BAD_CHECKPOINT", "what was kept is not a callback"};
    }
    Callback callback;
    callback.id = CallbackId(record.Text("id"));
    callback.number = {record.Text("dial"), record.Text("key")};
    callback.queue = QueueId(record.Text("queue"));
    callback.state = static_cast<Callback::State>(state);
    callback.language = record.Text("language");
    callback.priority = static_cast<uint32_t>(record.Number("priority"));
    callback.arrived = record.Time("arrived");
    callback.queued = record.Time("queued");
    callback.asked = record.Time("asked");
    callback.expires = record.Time("expires");
    callback.contacts = static_cast<uint32_t>(record.Number("contacts"));
    callback.tries = static_cast<uint32_t>(record.Number("tries"));
    callback.last = record.Text("last");
    callback.wakes = record.Time("wakes");
    callback.result = record.Text("result");
    callback.version = record.Number("version");
    const std::string names = record.Text("data");
    for (size_t at = 0; at < names.size();) {
        const size_t end = std::min(names.find(',', at), names.size());
        const std::string name = names.substr(at, end - at);
        callback.data[name] = record.Text(kDataPrefix + name);
        at = end + 1;
    }
    return callback;
}

}  // namespace trunkline::acd
