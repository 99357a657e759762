// JSON lines with a limit for each message.
#include "log/log.hpp"

#include <unistd.h>

#include <cstdio>
#include <map>
#include <mutex>
#include <utility>

#include "clock/clock.hpp"

namespace trunkline::log {
namespace {

constexpr int kLinesPerSecond = 50;

struct Quota {
    int64_t second = 0;
    int written = 0;
    int64_t dropped = 0;
};

struct State {
    std::mutex mutex;
    std::string service = "unnamed";
    Level lowest = Level::kInfo;
    std::map<std::string, Quota, std::less<>> quotas;
};

State& Shared() {
    static State state;
    return state;
}

void AppendEscaped(std::string& line, std::string_view text) {
    line += '"';
    for (const char c : text) {
        const auto byte = static_cast<unsigned char>(c);
        if (c == '"' || c == '\\') {
            line += '\\';
            line += c;
        } else if (byte < 0x20 || byte == 0x7f) {
            char buffer[8];
            std::snprintf(buffer, sizeof buffer, "\\u%04x", byte);
            line += buffer;
        } else {
            line += c;
        }
    }
    line += '"';
}

void AppendValue(std::string& line, const Field& field) {
    if (const auto* text = std::get_if<std::string>(&field.value)) {
        AppendEscaped(line, *text);
    } else if (const auto* number = std::get_if<int64_t>(&field.value)) {
        line += std::to_string(*number);
    } else if (const auto* real = std::get_if<double>(&field.value)) {
        line += std::to_string(*real);
    } else {
        line += std::get<bool>(field.value) ? "true" : "false";
    }
}

std::string Timestamp(TimePoint now) {
    const auto millis = ToUnixMillis(now);
    const time_t seconds = millis / 1000;
    tm parts{};
    gmtime_r(&seconds, &parts);
    char buffer[32];
    const size_t n = std::strftime(buffer, sizeof buffer, "%Y-%m-%dT%H:%M:%S", &parts);
    std::snprintf(buffer + n, sizeof buffer - n, ".%03dZ", static_cast<int>(millis % 1000));
    return buffer;
}

const char* Name(Level level) {
    switch (level) {
        case Level::kDebug:
            return "debug";
        case Level::kInfo:
            return "info";
        case Level::kWarning:
            return "warning";
        case Level::kError:
            return "error";
    }
    return "error";
}

}  // namespace

void Configure(std::string_view service, Level lowest) {
    State& state = Shared();
    const std::lock_guard lock(state.mutex);
    state.service = service;
    state.lowest = lowest;
}

void Write(Level level, std::string_view message, Fields fields) {
    State& state = Shared();
    if (level < state.lowest) {
        return;
    }
    const TimePoint now = SystemClock{}.Now();
    const std::lock_guard lock(state.mutex);
    auto quota = state.quotas.find(message);
    if (quota == state.quotas.end()) {
        quota = state.quotas.emplace(std::string(message), Quota{}).first;
    }
    Quota& q = quota->second;
    const int64_t second = ToUnixMillis(now) / 1000;
    if (q.second != second) {
        q.second = second;
        q.written = 0;
    }
    if (q.written >= kLinesPerSecond) {
        ++q.dropped;
        return;
    }
    ++q.written;
    std::string line = "{\"time\":\"" + Timestamp(now) + "\",\"level\":\"" + Name(level) + "\",\"service\":";
    AppendEscaped(line, state.service);
    line += ",\"message\":";
    AppendEscaped(line, message);
    for (const Field& field : fields) {
        line += ",";
        AppendEscaped(line, field.key);
        line += ":";
        AppendValue(line, field);
    }
    if (q.dropped > 0) {
        line += ",\"dropped\":" + std::to_string(std::exchange(q.dropped, 0));
    }
    line += "}\n";
    // One write for one line keeps lines of several threads and processes whole.
    [[maybe_unused]] const auto written = ::write(STDERR_FILENO, line.data(), line.size());
}

std::string Mask(std::string_view number) {
    if (number.size() <= 6) {
        return std::string(number);
    }
    if (number.size() <= 8) {
        return std::string(number.substr(0, 2)) + "****" + std::string(number.substr(number.size() - 2));
    }
    return std::string(number.substr(0, number.size() - 8)) + "****" + std::string(number.substr(number.size() - 4));
}

}  // namespace trunkline::log
