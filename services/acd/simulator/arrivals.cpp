// Random arrivals and the reader of files.
#include "acd/simulator/arrivals.hpp"

#include <algorithm>
#include <charconv>
#include <random>
#include <sstream>

namespace trunkline::acd::simulator {
namespace {

constexpr size_t kMostArrivals = 5'000'000;
constexpr double kLongestSeconds = 1e9;

Duration FromSeconds(double seconds) { return Duration(static_cast<int64_t>(seconds * 1e9)); }

std::vector<std::string> Split(const std::string& line) {
    std::vector<std::string> fields;
    std::istringstream stream(line);
    for (std::string field; std::getline(stream, field, ',');) {
        const size_t first = field.find_first_not_of(" \t\r");
        const size_t last = field.find_last_not_of(" \t\r");
        fields.push_back(first == std::string::npos ? "" : field.substr(first, last - first + 1));
    }
    return fields;
}

// The fields of one line by the names of the header.
class Line {
 public:
    Line(const std::vector<std::string>& header, const std::string& text, size_t number)
        : header_(header), fields_(Split(text)), number_(number) {}

    std::string Text(const std::string& column) const {
        const size_t at = static_cast<size_t>(std::find(header_.begin(), header_.end(), column) - header_.begin());
        return at < fields_.size() ? fields_[at] : "";
    }
    Result<double> Number(const std::string& column, const std::string& otherwise = "") const {
        const std::string given = Text(column);
        const std::string& text = given.empty() ? otherwise : given;
        double value = 0;
        const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
        if (error != std::errc() || end != text.data() + text.size() || !(value >= 0 && value <= kLongestSeconds)) {
            return Error{
                Code::kInvalidArgument, "BAD_ARRIVAL",
                "line " + std::to_string(number_) + ": " + column + " is a number of 0 or more, not '" + text + "'"};
        }
        return value;
    }
    size_t number() const { return number_; }

 private:
    const std::vector<std::string>& header_;
    std::vector<std::string> fields_;
    size_t number_;
};

Result<Arrival> Read(const Line& line) {
    const auto seconds = line.Number("seconds");
    const auto talk = line.Number("talk");
    const auto wrap_up = line.Number("wrap_up", "0");
    const auto patience = line.Number("patience", "0");
    const auto priority = line.Number("priority", "0");
    for (const auto* field : {&seconds, &talk, &wrap_up, &patience, &priority}) {
        if (!field->ok()) {
            return field->error();
        }
    }
    Arrival arrival;
    arrival.at = TimePoint(FromSeconds(*seconds));
    arrival.queue = QueueId(line.Text("queue"));
    arrival.talk = FromSeconds(*talk);
    arrival.wrap_up = FromSeconds(*wrap_up);
    arrival.patience = FromSeconds(*patience);
    arrival.priority = static_cast<uint32_t>(*priority);
    arrival.language = line.Text("language");
    if (arrival.queue.str().empty()) {
        return Error{Code::kInvalidArgument, "BAD_ARRIVAL", "line " + std::to_string(line.number()) + ": no queue"};
    }
    return arrival;
}

}  // namespace

std::vector<Arrival> MakeArrivals(const RandomLoad& load) {
    std::mt19937_64 random(load.seed);
    const auto draw = [&](double mean) {
        return mean <= 0 ? Duration{} : FromSeconds(std::exponential_distribution<double>(1 / mean)(random));
    };
    std::vector<Arrival> arrivals;
    const TimePoint end(FromSeconds(load.hours * 3600));
    TimePoint at{};
    while (load.calls_per_hour > 0 && arrivals.size() < kMostArrivals) {
        at += draw(3600 / load.calls_per_hour);
        if (at >= end) {
            break;
        }
        Arrival arrival;
        arrival.at = at;
        arrival.queue = load.queue;
        arrival.talk = draw(load.talk_seconds);
        arrival.wrap_up = draw(load.wrap_up_seconds);
        arrival.patience = draw(load.patience_seconds);
        arrivals.push_back(std::move(arrival));
    }
    return arrivals;
}

Result<std::vector<Arrival>> ReadArrivals(std::istream& file) {
    std::string text;
    std::getline(file, text);
    const std::vector<std::string> header = Split(text);
    for (const char* column : {"seconds", "queue", "talk"}) {
        if (std::find(header.begin(), header.end(), column) == header.end()) {
            return Error{Code::kInvalidArgument, "BAD_ARRIVALS", std::string("the header has no column ") + column};
        }
    }
    std::vector<Arrival> arrivals;
    for (size_t number = 2; std::getline(file, text); ++number) {
        if (text.find_first_not_of(" \t\r") == std::string::npos) {
            continue;
        }
        if (arrivals.size() == kMostArrivals) {
            return Error{Code::kInvalidArgument, "BAD_ARRIVALS", "more than 5,000,000 arrivals"};
        }
        auto arrival = Read(Line(header, text, number));
        if (!arrival.ok()) {
            return arrival.error();
        }
        arrivals.push_back(std::move(*arrival));
    }
    std::stable_sort(arrivals.begin(), arrivals.end(), [](const auto& a, const auto& b) { return a.at < b.at; });
    return arrivals;
}

}  // namespace trunkline::acd::simulator
