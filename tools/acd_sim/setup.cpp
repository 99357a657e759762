// Reads settings through the messages of the API, so that the simulator knows all that the router knows.
#include "setup.hpp"

#include <google/protobuf/util/json_util.h>
#include <google/protobuf/util/time_util.h>

#include <fstream>
#include <nlohmann/json.hpp>

#include "acd/adapters/resource_messages.hpp"
#include "trunkline/reporting/v1/reporting.pb.h"

namespace trunkline::acd::simulator {
namespace {

using Json = nlohmann::json;

Error Bad(const std::string& path, const std::string& what) {
    return {Code::kInvalidArgument, "BAD_SETUP", path + ": " + what};
}

template <class Message, class Settings>
Status ReadList(const Json& file, const char* name, const std::string& path, std::vector<Settings>& list) {
    for (const Json& entry : file.value(name, Json::array())) {
        Message message;
        const auto read = google::protobuf::util::JsonStringToMessage(entry.dump(), &message);
        if (!read.ok()) {
            return Bad(path, std::string(name) + ": " + std::string(read.message()));
        }
        list.push_back(FromProto(message));
        const Status checked = Validate(list.back());
        if (!checked.ok()) {
            return Bad(path, checked.error().message);
        }
    }
    return {};
}

Duration LengthOf(const google::protobuf::Duration& length) {
    return Duration(google::protobuf::util::TimeUtil::DurationToNanoseconds(length));
}

}  // namespace

Result<std::vector<Arrival>> ReadDay(const std::string& path) {
    std::ifstream stream(path);
    const std::string text{std::istreambuf_iterator<char>(stream), {}};
    reporting::v1::ListArrivalsResponse day;
    const auto read = google::protobuf::util::JsonStringToMessage(text, &day);
    if (!read.ok()) {
        return Bad(path, std::string(read.message()));
    }
    Duration talk{};
    Duration wrap_up{};
    int served = 0;
    for (const auto& row : day.arrivals()) {
        served += row.has_talk() ? 1 : 0;
        talk += LengthOf(row.talk());
        wrap_up += LengthOf(row.wrap_up());
    }
    std::vector<Arrival> arrivals;
    for (const auto& row : day.arrivals()) {
        Arrival arrival;
        arrival.at = TimePoint(Duration(google::protobuf::util::TimeUtil::TimestampToNanoseconds(row.time())));
        arrival.queue = QueueId(row.queue_id());
        arrival.talk = row.has_talk() || served == 0 ? LengthOf(row.talk()) : talk / served;
        arrival.wrap_up = row.has_talk() || served == 0 ? LengthOf(row.wrap_up()) : wrap_up / served;
        arrival.patience = LengthOf(row.patience());
        arrivals.push_back(std::move(arrival));
    }
    return arrivals;
}

Result<Setup> ReadSetup(const std::string& path) {
    std::ifstream stream(path);
    if (!stream) {
        return Bad(path, "cannot be read");
    }
    const Json file = Json::parse(stream, nullptr, false);
    if (!file.is_object()) {
        return Bad(path, "is not a JSON object");
    }
    Setup setup;
    Status read = ReadList<v1::Queue>(file, "queues", path, setup.queues);
    if (read.ok()) {
        read = ReadList<v1::Agent>(file, "agents", path, setup.agents);
    }
    if (!read.ok()) {
        return read.error();
    }
    if (setup.queues.empty() || setup.agents.empty()) {
        return Bad(path, "has no queues or no agents");
    }
    return setup;
}

}  // namespace trunkline::acd::simulator
